import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { expect } from 'chai';
import { evalTopicsCommand } from '../../src/cli/eval-topics.ts';
import { emptyLexicon } from '../../src/core/lexicon/lexicon.ts';

describe('newsfold eval topics', () => {
  it('prints figures by language and topic, and says which labels are no subject', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'newsfold-topics-'));
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    try {
      const file = join(folder, 'topics.jsonl');
      const item = { language: 'en', title: 'Nothing that anybody knows' };
      await writeFile(
        file,
        [
          { id: '1', ...item, topic: 'science/technology' },
          { id: '2', ...item, topic: 'geography' },
        ]
          .map(line => JSON.stringify(line))
          .join('\n'),
      );
      const status = await evalTopicsCommand(
        { files: [file] },
        { stdin: Readable.from([]), stdout, stderr, signal: new AbortController().signal },
        { loadLexicon: async () => emptyLexicon(), loadDetector: async () => () => null },
      );
      expect(status).to.equal(0);
      expect(String(stdout.read())).to.match(/all +0\.000 · 0\.000 · 0\.000 {3}1 items/);
      expect(String(stderr.read())).to.match(/left out: 1 items of "geography"/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
