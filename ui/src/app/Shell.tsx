import type { ReactNode } from 'react';

/** Side bar, top bar and the page between them. */
export function Shell({ children }: { children: ReactNode }) {
  return <main>{children}</main>;
}
