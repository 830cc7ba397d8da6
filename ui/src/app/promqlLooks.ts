/** Whether a text that was pasted is a PromQL expression rather than the name of something. */
export function looksLikePromql(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length < 3) return false;
  if (/[{}[\]()]/.test(trimmed) && /[a-z_:]/i.test(trimmed)) return true;
  return /^[a-z_:][\w:]*\s*([-+*/%^]|[=!<>]=|[<>]|and |or |unless )\s*\S/i.test(trimmed);
}
