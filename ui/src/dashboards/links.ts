/** Where a panel's menu leads: all that is needed stands in the address. */

/** The query in Explore, over the range of the page. */
export function exploreLink(expr: string): string {
  const here = new URLSearchParams(window.location.search);
  const search = new URLSearchParams({ q: expr });
  for (const name of ['from', 'to']) {
    const value = here.get(name);
    if (value) search.set(name, value);
  }
  return `/explore?${search}`;
}

/** The panel alone, at the moment that is shown now. */
export function panelLink(permalink: string, id: number): string {
  const url = new URL(permalink);
  url.searchParams.set('viewPanel', String(id));
  return url.href;
}

/** Goes to an address that is not one of the page's own routes for certain. */
export function follow(href: string, newTab: boolean): void {
  if (newTab) window.open(href, '_blank', 'noreferrer');
  else window.location.assign(href);
}
