import { useSearchParams } from 'react-router';
import { turned } from '../app/kiosk/kiosk';
import { texts } from '../app/texts';
import { IconButton, MenuItem, Popover } from '../parts';
import { printBoard } from './print';

const words = texts.dashboards.boardMenu;

/** What can be done with a board as a whole. */
export function BoardMenu(props: { title: string; onJson: () => void; onArrange: () => void }) {
  const { title, onJson, onArrange } = props;
  const [, setSearch] = useSearchParams();
  return (
    <Popover
      label={words.label(title)}
      button={(wire) => <IconButton icon="more" label={words.label(title)} {...wire} />}
    >
      {(close) => {
        const run = (action: () => void) => () => {
          close();
          action();
        };
        return (
          <>
            <MenuItem icon="copy" onClick={run(onJson)}>
              {words.json}
            </MenuItem>
            <MenuItem icon="boards" onClick={run(onArrange)}>
              {words.arrange}
            </MenuItem>
            <MenuItem icon="screen" hint="d k" onClick={run(() => setSearch(turned))}>
              {words.kiosk}
            </MenuItem>
            <MenuItem icon="file" onClick={run(() => void printBoard())}>
              {words.print}
            </MenuItem>
          </>
        );
      }}
    </Popover>
  );
}
