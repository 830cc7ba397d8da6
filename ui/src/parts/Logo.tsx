/** The oriel window: a bay of three panes. */
export function Logo({ size = 21 }: { size?: number }) {
  return (
    <svg
      viewBox="0 0 22 22"
      width={size}
      height={size}
      fill="none"
      stroke="var(--accent)"
      strokeWidth="1.600"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path
        d="M6.300 3.300 1.500 6.200v9.600l4.800 2.900M15.700 3.300l4.800 2.900v9.600l-4.800 2.900"
        opacity=".65"
      />
      <path
        d="M6.300 3.300h9.400v15.400H6.300z"
        fill="color-mix(in oklab, var(--accent) 22%, transparent)"
      />
      <path d="M6.300 11h9.400M11 3.300v15.400" strokeWidth="1.200" opacity=".8" />
    </svg>
  );
}
