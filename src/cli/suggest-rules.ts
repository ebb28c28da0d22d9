import type { Command } from 'commander';
import { printable } from '../core/text/printable.ts';
import { AppError } from '../errors.ts';
import type { RulesProposal } from '../pipeline/operations.ts';
import { checkSource } from '../web/api/source-routes.ts';
import { withApp } from './open-app.ts';
import { listLines } from './print-list.ts';
import type { Shell } from './shell.ts';
import { shellEdits } from './shell-edits.ts';
import { wholeNumber } from './whole-number.ts';

type Options = { readonly adopt?: number | true; readonly json?: boolean };

/** `sources suggest ID`: what a scraped source's page offers now; `--adopt` puts a list's selectors in the place of the old ones. */
export function addSuggestCommand(sources: Command, shell: Shell): void {
  sources
    .command('suggest')
    .description('the lists that a scraped source’s page has now, with the selectors that pin them')
    .argument('<id>')
    .option('--adopt [n]', 'put the selectors of list n (default 1) in the place of the old ones', wholeNumber(20))
    .option('--json', 'for machines')
    .action((id: string, options: Options, command: Command) =>
      withApp(command, shell, async app => {
        const proposals = await app.context.operations.suggestRules(id);
        if (options.json) shell.stdout.write(`${JSON.stringify({ lists: proposals })}\n`);
        else shell.stdout.write(shown(proposals));
        if (options.adopt === undefined) return;
        const chosen = options.adopt === true ? 1 : options.adopt;
        const proposal = proposals[chosen - 1];
        if (!proposal) throw new AppError('usage', `there is no list ${chosen}; ${proposals.length} were found`);
        const { edits, how } = shellEdits(app);
        await edits.patch('sources', id, { scrape: proposal.patch.scrape }, { ...how, check: checkSource });
        shell.stderr.write(`${id} is read by list ${chosen} from now on\n`);
      }),
    );
}

function shown(proposals: readonly RulesProposal[]): string {
  return printable(proposals.map((proposal, at) => listLines(proposal, at)).join('\n'), { keepLines: true });
}
