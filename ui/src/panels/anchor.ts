import type { Link } from './panel';

/** A data link as the attributes of an anchor; a new tab learns nothing of this one. */
export const anchorOf = ({ href, title, newTab }: Link) => ({
  href,
  title,
  ...(newTab ? { target: '_blank', rel: 'noreferrer' } : {}),
});
