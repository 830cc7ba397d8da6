import { Component, type ReactNode } from 'react';
import { Button, Nothing } from '../parts';
import { texts } from './texts';

/** A page that throws takes nothing with it: the shell stays, and it says what happened. */
export class Crash extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Nothing
        state="crit"
        title={texts.shell.crash}
        height={240}
        detailsTitle={texts.shell.crashDetails}
        details={`${error.name}: ${error.message}`}
        action={
          <Button icon="refresh" onClick={() => window.location.reload()}>
            {texts.shell.crashAgain}
          </Button>
        }
      >
        {texts.shell.crashWhy}
      </Nothing>
    );
  }
}
