/**
 * JSON with what goes wrong on the way: raw control characters in strings, commas before a closing bracket, and an end
 * that is missing. Of a list that breaks off, the complete elements are kept.
 *
 * One pass, no recursion. @returns the value, or `undefined` when even that is not JSON
 */
export function readDamagedJson(text: string): unknown {
  const { repaired, lastComplete } = repair(text);
  for (const candidate of [repaired, lastComplete]) {
    if (candidate === null) continue;
    try {
      return JSON.parse(candidate);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

/** `lastComplete` ends after the last element of the outermost list of objects, with the brackets closed that were open. */
function repair(text: string): { repaired: string; lastComplete: string | null } {
  let out = '';
  let copied = 0;
  const open: string[] = [];
  let inString = false;
  let cut: { length: number; closers: string } | null = null;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
      else if (code < 0x20) {
        out += text.slice(copied, index) + (code === 0x0a ? '\\n' : code === 0x09 ? '\\t' : '');
        copied = index + 1;
      }
      continue;
    }
    if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) open.push(code === 0x7b ? '}' : ']');
    else if (code === 0x7d || code === 0x5d) {
      open.pop();
      if (open.length === 2) {
        out += text.slice(copied, index + 1);
        copied = index + 1;
        cut = { length: out.length, closers: open.toReversed().join('') };
      }
    } else if (code === 0x2c && /^\s{0,1000}[}\]]/.test(text.slice(index + 1, index + 1002))) {
      out += text.slice(copied, index);
      copied = index + 1;
    } else if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) {
      out += text.slice(copied, index);
      copied = index + 1;
    }
  }
  out += text.slice(copied);
  return { repaired: out, lastComplete: cut && out.slice(0, cut.length) + cut.closers };
}
