import css from './filter.module.css';
import { Icon } from './Icon';
import { Kbd } from './Kbd';

/** The line above a list that narrows it down; `/` goes there, Escape leaves it. */
export function Filter(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { label, value, onChange } = props;
  return (
    <div className={css.filter}>
      <Icon name="search" size={15} />
      <input
        data-filter
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <Kbd keys="/" />
    </div>
  );
}
