import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { keepTime, subscribeTime, takeTime, writeTime } from '../query';

/** Keeps address bar and time state equal: back undoes a zoom, a link carries its range. */
export function TimeInAddress() {
  const location = useLocation();
  const navigate = useNavigate();

  const linked = useRef(new URLSearchParams(location.search).has('from'));

  useEffect(() => {
    if (linked.current) keepTime();
  }, []);

  useEffect(() => {
    takeTime(new URLSearchParams(location.search));
    const next = writeTime(new URLSearchParams(location.search));
    if (next) void navigate({ search: `?${next}` }, { replace: true });
  }, [location, navigate]);

  useEffect(
    () =>
      subscribeTime(() => {
        const next = writeTime(new URLSearchParams(window.location.search));
        if (next) void navigate({ search: `?${next}` });
      }),
    [navigate],
  );

  return null;
}
