/**
 * Foreign words as a terminal may be given them: control characters, which it would obey, and what turns the direction of
 * writing become spaces or nothing. Lines and tabs stay where `keepLines` says so.
 */
export function printable(text: string, options: { readonly keepLines?: boolean } = {}): string {
  const kept = options.keepLines ? text.replace(/\r\n?/g, '\n') : text.replace(/[\t\r\n\u2028\u2029]+/g, ' ');
  return kept.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}
