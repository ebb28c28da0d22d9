import { Argument, type Command } from 'commander';
import type { Shell } from './shell.ts';

/** One place of the command tree: the words that lead to it, and what may come next. */
type Place = {
  readonly path: readonly string[];
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly { readonly name: string; readonly description: string }[];
};

const shells = ['bash', 'zsh', 'fish'] as const;

/** `completion bash|zsh|fish`: written from the commands themselves, so it never lags behind them. */
export function addCompletionCommand(program: Command, shell: Shell): void {
  program
    .command('completion')
    .description('what makes a shell complete these commands: source <(newsfold completion bash)')
    .addArgument(new Argument('<shell>').choices(shells))
    .action((name: (typeof shells)[number]) => {
      const places = placesOf(program, []);
      shell.stdout.write(name === 'fish' ? fishScript(places) : bashScript(places, name === 'zsh'));
    });
}

function placesOf(command: Command, path: readonly string[]): readonly Place[] {
  const place: Place = {
    path,
    commands: command.commands.map(child => ({ name: child.name(), description: child.description() })),
    options: [
      ...command.options.map(option => ({ name: option.long ?? option.short ?? '', description: option.description })),
      { name: '--help', description: 'show help' },
    ],
  };
  return [place, ...command.commands.flatMap(child => placesOf(child, [...path, child.name()]))];
}

function bashScript(places: readonly Place[], zsh: boolean): string {
  const rows = places.map(({ path, commands, options }) => {
    const words = [...commands, ...options].map(({ name }) => name);
    return `    '${path.join(' ')}') echo '${words.join(' ')}' ;;`;
  });
  return `${zsh ? 'autoload -U +X bashcompinit && bashcompinit\n' : ''}_newsfold_words() {
  case "$1" in
${rows.join('\n')}
  esac
}
_newsfold() {
  local path='' word next
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next="\${path:+$path }$word"
    if [ -n "$(_newsfold_words "$next")" ]; then path="$next"; fi
  done
  COMPREPLY=($(compgen -W "$(_newsfold_words "$path")" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _newsfold newsfold
`;
}

function fishScript(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, commands, options }) => {
    const seen = path.map(name => `__fish_seen_subcommand_from ${name}`);
    const names = commands.map(({ name }) => name);
    const before = names.length > 0 ? [`not __fish_seen_subcommand_from ${names.join(' ')}`] : [];
    const here = quoted([...seen, ...before].join('; and '));
    return [
      ...commands.map(
        ({ name, description }) => `complete -c newsfold -f -n ${here} -a ${name} -d ${quoted(description)}`,
      ),
      ...options.map(
        ({ name, description }) => `complete -c newsfold -n ${here} -l ${name.slice(2)} -d ${quoted(description)}`,
      ),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
