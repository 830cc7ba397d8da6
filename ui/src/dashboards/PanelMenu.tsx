import { lazy, Suspense, useRef } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { permalink } from '../app/permalink';
import { texts } from '../app/texts';
import { copyText, IconButton, MenuItem, Popover } from '../parts';
import type { Link } from '../panels/panel';
import type { PanelData } from './ask';
import css from './board.module.css';
import { save } from './inspect/save';
import { exploreLink, follow, panelLink } from './links';
import type { Panel } from './model';
import { inspectedOf, withInspect, withView, type InspectTab } from './panelAddress';

const Inspect = lazy(() => import('./inspect'));
const words = texts.dashboards.menu;

/**
 * What can be done with a panel: on hover and on focus. Where nothing hovers, one button has its place in
 * the head and the description stands in its menu; a cell of a strip is that button itself.
 */
export function PanelMenu({
  panel,
  title,
  data,
  links = [],
}: {
  panel: Panel;
  title: string;
  data: PanelData | undefined;
  /** The panel's own links. */
  links?: readonly Link[];
}) {
  const menu = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const alone = search.get('viewPanel') === String(panel.id);
  const inspected = inspectedOf(search, panel);
  const view = () => setSearch((before) => withView(before, panel.id));
  const inspect = (tab: InspectTab | null) =>
    setSearch((before) => withInspect(before, panel, tab));
  const picture = async () => {
    const box = menu.current?.parentElement;
    const { pictureOf } = await import('./inspect/picture');
    if (box) save(`${title || panel.type}.png`, await pictureOf(box));
  };
  const expr = data?.questions[0]?.expr;
  return (
    <div ref={menu} className={css.menu} data-menu>
      {panel.description && (
        <Popover
          label={`About ${title}`}
          button={(wire) => (
            <IconButton
              icon="file"
              label="What this shows"
              look="ghost"
              small
              className={css.describe}
              data-describe={panel.id}
              {...wire}
            />
          )}
        >
          {() => <p className={css.about}>{panel.description}</p>}
        </Popover>
      )}
      <Popover
        label={`Menu of ${title}`}
        button={(wire) => (
          <IconButton
            icon="more"
            label={`Menu of ${title || panel.type}`}
            look="ghost"
            small
            className={css.more}
            {...wire}
          />
        )}
      >
        {(close) => {
          const run = (action: () => void) => () => {
            close();
            action();
          };
          return (
            <>
              {panel.description && (
                <p className={`${css.about} ${css.inMenu}`}>{panel.description}</p>
              )}
              <MenuItem icon="screen" hint="v" onClick={run(view)}>
                {alone ? words.back : words.alone}
              </MenuItem>
              <MenuItem icon="eye" hint="i" onClick={run(() => inspect('data'))}>
                {words.inspect}
              </MenuItem>
              <MenuItem icon="words" hint="w" onClick={run(() => inspect('words'))}>
                {words.inWords}
              </MenuItem>
              {expr && (
                <MenuItem icon="explore" onClick={run(() => void navigate(exploreLink(expr)))}>
                  {words.explore}
                </MenuItem>
              )}
              <MenuItem
                icon="link"
                onClick={run(() => void copyText(panelLink(permalink(), panel.id)))}
              >
                {words.copyLink}
              </MenuItem>
              <MenuItem icon="screen" onClick={run(() => void picture())}>
                {words.picture}
              </MenuItem>
              {links.map(({ title: name, href, newTab }) => (
                <MenuItem key={href} icon="external" onClick={run(() => follow(href, newTab))}>
                  {name}
                </MenuItem>
              ))}
            </>
          );
        }}
      </Popover>
      {inspected && (
        <Suspense fallback={null}>
          <Inspect
            panel={panel}
            title={title}
            data={data}
            tab={inspected}
            onTab={inspect}
            onClose={() => inspect(null)}
          />
        </Suspense>
      )}
    </div>
  );
}
