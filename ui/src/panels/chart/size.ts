import { useLayoutEffect, useState, type RefObject } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is taken where nothing can be measured (a test, an old browser). */
const UNMEASURED: Size = { width: 640, height: 200 };
const canMeasure = typeof ResizeObserver !== 'undefined';

/** The size of an element's content box, followed as it changes. Zero until it is known. */
export function useSize(ref: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>(canMeasure ? { width: 0, height: 0 } : UNMEASURED);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || !canMeasure) return;
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect;
      if (!box) return;
      const next = { width: Math.floor(box.width), height: Math.floor(box.height) };
      setSize((now) => (now.width === next.width && now.height === next.height ? now : next));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
