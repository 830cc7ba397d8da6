import { useEffect, useState } from 'react';

/** A value once it has stood still for some time: what is asked while somebody types. */
export function useCalm<T>(value: T, ms: number): T {
  const [calm, setCalm] = useState(value);

  useEffect(() => {
    const timer = setTimeout(() => setCalm(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);

  return calm;
}
