import { printable } from '../core/text/printable.ts';

/** Columns as wide as their longest cell; the last one takes what is left of the terminal. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[], width = 120): string {
  const clean = rows.map(row => row.map(cell => printable(cell)));
  const widths = head.map((title, i) => Math.max(displayWidth(title), ...clean.map(row => displayWidth(row[i] ?? ''))));
  const before = widths.slice(0, -1).reduce((sum, column) => sum + column + 2, 0);
  widths[widths.length - 1] = Math.max(20, Math.min(widths.at(-1) ?? 20, width - before));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => pad(cut(cell, widths[i] ?? 20), i === cells.length - 1 ? 0 : (widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return `${[line(head), line(widths.map(column => '─'.repeat(column))), ...clean.map(line)].join('\n')}\n`;
}

function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (displayWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** East Asian wide characters take two columns of a terminal. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
      character,
    )
      ? 2
      : 1;
  return width;
}
