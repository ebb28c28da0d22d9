/**
 * `itunes:duration` in all its forms: seconds, `MM:SS`, `H:MM:SS`, `1h 2m 3s`, `45 min`, ISO 8601 `PT1H2M`.
 * @returns seconds, or `null`
 */
export function parseDuration(text: string | null): number | null {
  const value = (text ?? '').trim().toLowerCase();
  if (value === '' || value.length > 40) return null;
  if (/^\d{1,9}(?:[.,]\d{1,9})?$/.test(value)) return Math.round(Number(value.replace(',', '.')));
  if (/^\d{1,6}(?::\d{1,3}){1,2}(?:[.,]\d{1,9})?$/.test(value)) {
    return Math.round(value.split(':').reduce((sum, part) => sum * 60 + Number(part.replace(',', '.')), 0));
  }
  const parts =
    /^p?t?(?:(\d{1,4})\s*h[a-z]*\.?[\s,]*)?(?:(\d{1,5})\s*m[a-z]*\.?[\s,]*)?(?:(\d{1,7})(?:[.,]\d{1,9})?\s*s[a-z]*\.?)?$/.exec(
      value,
    );
  if (!parts || parts.slice(1).every(part => part === undefined)) return null;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map(part => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}
