import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { permalink } from '../app/permalink';
import { copyText, IconButton, MenuItem, Popover } from '../parts';
import type { PanelData } from './ask';
import css from './board.module.css';
import { Inspect } from './Inspect';
import { exploreLink, panelLink } from './links';
import type { Panel } from './model';

/**
 * What can be done with a panel: on hover and on focus. Where nothing hovers, one button has its place in
 * the head and the description stands in its menu; a cell of a strip is that button itself.
 */
export function PanelMenu({
  panel,
  title,
  data,
}: {
  panel: Panel;
  title: string;
  data: PanelData | undefined;
}) {
  const [inspecting, setInspecting] = useState(false);
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const alone = search.get('viewPanel') === String(panel.id);
  const view = () =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (alone) next.delete('viewPanel');
      else next.set('viewPanel', String(panel.id));
      return next;
    });
  const expr = data?.questions[0]?.expr;
  return (
    <div className={css.menu} data-menu>
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
                {alone ? 'Back to the board' : 'View alone'}
              </MenuItem>
              <MenuItem icon="eye" onClick={run(() => setInspecting(true))}>
                Inspect: table, query, JSON
              </MenuItem>
              {expr && (
                <MenuItem icon="explore" onClick={run(() => void navigate(exploreLink(expr)))}>
                  Open in Explore
                </MenuItem>
              )}
              <MenuItem
                icon="link"
                onClick={run(() => void copyText(panelLink(permalink(), panel.id)))}
              >
                Copy link
              </MenuItem>
            </>
          );
        }}
      </Popover>
      {inspecting && (
        <Inspect panel={panel} title={title} data={data} onClose={() => setInspecting(false)} />
      )}
    </div>
  );
}
