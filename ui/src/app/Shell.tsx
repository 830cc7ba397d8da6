import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { copyText } from '../parts';
import { beatNow, fixTime, stepTime, zoomOut } from '../query';
import { Beat } from './Beat';
import { Crash } from './Crash';
import { EngineBanner } from './EngineBanner';
import { kioskOf, turned } from './kiosk/kiosk';
import { useKeys } from './keys';
import { KeysDialog } from './KeysDialog';
import { Palette } from './Palette';
import { permalink } from './permalink';
import { isHere, PLACES } from './places';
import css from './shell.module.css';
import { SideBar } from './SideBar';
import { readStored, store } from './stored';
import { TabBar } from './TabBar';
import { texts } from './texts';
import { TimeInAddress } from './TimeInAddress';
import { TopBar } from './TopBar';

const KioskFrame = lazy(() => import('./kiosk/KioskFrame'));

type Above = 'palette' | 'keys' | null;

/** Side bar, top bar and the page between them; the keys that hold everywhere. */
export function Shell({ children }: { children: ReactNode }) {
  const [above, setAbove] = useState<Above>(null);
  const { rail, toggle } = useRail();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const kiosk = kioskOf(search);
  const turnKiosk = () => setSearch(turned);

  useKeys({
    ...Object.fromEntries(PLACES.map(({ key, to }) => [key, () => void navigate(to)])),
    'Ctrl K': () => setAbove((now) => (now === 'palette' ? null : 'palette')),
    '?': () => setAbove('keys'),
    '[': toggle,
    '/': () => document.querySelector<HTMLElement>('[data-filter]')?.focus(),
    z: zoomOut,
    ',': () => stepTime(-1),
    '.': () => stepTime(1),
    'd r': beatNow,
    'd k': turnKiosk,
    ...(kiosk ? { Escape: turnKiosk } : {}),
    't z': zoomOut,
    't ArrowLeft': () => stepTime(-1),
    't ArrowRight': () => stepTime(1),
    't a': fixTime,
    y: () => void copyText(permalink()),
  });

  if (kiosk) {
    return (
      <div className={css.kiosk}>
        <Beat />
        <TimeInAddress />
        <Suspense fallback={null}>
          <KioskFrame kiosk={kiosk} />
        </Suspense>
        <main id="page" tabIndex={-1} className={css.page}>
          <Crash key={pathname}>{children}</Crash>
        </main>
      </div>
    );
  }
  return (
    <div className={`${css.shell} ${rail ? css.rail : ''}`}>
      <a className={css.skip} href="#page" onClick={focusPage}>
        {texts.shell.skip}
      </a>
      <Beat />
      <TimeInAddress />
      <SideBar rail={rail} onFold={toggle} />
      <div className={css.column}>
        <TopBar onSearch={() => setAbove('palette')} />
        <EngineBanner />
        <main id="page" tabIndex={-1} className={css.page}>
          <Crash key={pathname}>{children}</Crash>
        </main>
      </div>
      <TabBar />
      {above === 'palette' && (
        <Palette onClose={() => setAbove(null)} onKeys={() => setAbove('keys')} onFold={toggle} />
      )}
      {above === 'keys' && <KeysDialog onClose={() => setAbove(null)} />}
    </div>
  );
}

/** The side bar stays as it was left, once for pages to work on and once for all others. */
function useRail() {
  const { pathname } = useLocation();
  const work = PLACES.some((place) => place.work && isHere(place, pathname));
  const key = work ? 'side.work' : 'side';
  const [chosen, setChosen] = useState<Record<string, boolean>>({});
  const rail = chosen[key] ?? readStored(key, work);
  const toggle = () => {
    store(key, !rail);
    setChosen({ ...chosen, [key]: !rail });
  };
  return { rail, toggle };
}

/** With `<base href>` a bare `#page` would leave the page. */
function focusPage(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('page')?.focus();
}
