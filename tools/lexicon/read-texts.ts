/**
 * The training files: `<name>.jsonl` or `<name>.jsonl.gz`, a line `{"<language>": "text", …}`. Where each comes from is in
 * `docs/lexicon-card.md`; any file of this shape will do.
 */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

export type TextRow = Readonly<Record<string, string>>;

/** Rows of one file; a missing file is no rows and one line on stderr. */
export async function readTexts(folder: string, name: string): Promise<TextRow[]> {
  const plain = join(folder, `${name}.jsonl`);
  const packed = `${plain}.gz`;
  const path = existsSync(plain) ? plain : packed;
  if (!existsSync(path)) {
    process.stderr.write(`${name}: no such file, left out\n`);
    return [];
  }
  const file = createReadStream(path);
  const input = path === packed ? file.pipe(createGunzip()) : file;
  const rows: TextRow[] = [];
  for await (const line of createInterface({ input })) if (line !== '') rows.push(JSON.parse(line) as TextRow);
  return rows;
}
