const secretNames =
  'token|key|api_?key|apikey|secret|password|passwd|pwd|auth|access_?token|sig|signature|session|code';
const queryPattern = new RegExp(`([?&;](?:[\\w.-]*(?:${secretNames}))=)[^&#\\s"'<>]+`, 'gi');
const userinfoPattern = /\b([a-z][a-z0-9+.-]*:\/\/)[^/\s@"'<>]+@/gi;

/** Takes user names, passwords and secret query values out of addresses within any text; the rest stays readable. */
export function redact(text: string): string {
  if (!text.includes('://') && !text.includes('=')) return text;
  return text.replace(userinfoPattern, '$1…@').replace(queryPattern, '$1…');
}
