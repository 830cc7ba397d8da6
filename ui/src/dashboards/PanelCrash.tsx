import { Component, type ReactNode } from 'react';
import { texts } from '../app/texts';
import { Nothing } from '../parts';

interface CrashProps {
  readonly children: ReactNode;
  /** Other data are tried anew. */
  readonly data: unknown;
  readonly height: number;
  readonly onCrash: (crashed: boolean) => void;
}

const words = texts.dashboards;

/** A panel that throws takes nothing with it: its box stays, says so, and its neighbours go on. */
export class PanelCrash extends Component<CrashProps, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(cause: unknown) {
    return { error: cause instanceof Error ? cause : new Error(String(cause)) };
  }

  override componentDidCatch() {
    this.props.onCrash(true);
  }

  override componentDidUpdate(before: CrashProps) {
    if (!this.state.error || before.data === this.props.data) return;
    this.setState({ error: undefined });
    this.props.onCrash(false);
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Nothing
        state="crit"
        title={words.crashed}
        height={this.props.height}
        details={`${error.name}: ${error.message}`}
      >
        {words.crashedWhy}
      </Nothing>
    );
  }
}
