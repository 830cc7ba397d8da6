import { ButtonLink, Nothing } from '../parts';
import { usePage } from './page';
import { texts } from './texts';

export function NotFound() {
  usePage({ crumbs: [{ words: texts.shell.notFound }] });
  return (
    <Nothing
      state="missing"
      title={<h1 style={{ font: 'inherit' }}>{texts.shell.notFound}</h1>}
      height={240}
      action={<ButtonLink to="/home">{texts.shell.notFoundGo}</ButtonLink>}
    >
      {texts.shell.notFoundWhy}
    </Nothing>
  );
}
