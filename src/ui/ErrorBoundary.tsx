import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import { EmptyState } from './EmptyState.tsx'

interface ErrorBoundaryProps {
  /** The panel's name: "Inspector". */
  readonly name: string
  readonly children: ReactNode
}

interface ErrorBoundaryState {
  readonly error: Error | null
}

/** Keeps a bug in one panel from taking the page down; what is drawn is unharmed. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null }

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(`${this.props.name} failed`, error, info.componentStack)
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <div role="alert" style={{ height: '100%' }}>
        <EmptyState
          actions={
            <Button icon="rotate-ccw" onClick={() => this.setState({ error: null })}>
              Show {this.props.name} again
            </Button>
          }
        >
          {this.props.name} stopped because of a bug in Relata. Your schema is unchanged.
          <br />
          <code>{error.message}</code>
        </EmptyState>
      </div>
    )
  }
}
