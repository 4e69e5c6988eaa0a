import { Component, type ComponentChildren } from 'preact'

/** A view that fails says so, and leaves the rest of the page as it is. */
export class Stopped extends Component<{ children: ComponentChildren }, { error: Error | null }> {
  override state = { error: null as Error | null }

  static override getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render({ children }: { children: ComponentChildren }) {
    const { error } = this.state
    if (!error) return children
    const lost = /import|fetch/i.test(error.message)
    return (
      <div class="empty-card" role="alert">
        <h3>{lost ? 'This view could not be loaded' : 'This view stopped'}</h3>
        <p>
          {lost
            ? 'Its file did not arrive: the server that sent this page has ended, or serves a newer version. Start it again, then load the page anew; the address keeps the run.'
            : error.message}
        </p>
        <p class="row">
          <button type="button" class="primary" onClick={() => location.reload()}>
            Load the page anew
          </button>
          {!lost && (
            <button type="button" onClick={() => this.setState({ error: null })}>
              Try again
            </button>
          )}
        </p>
      </div>
    )
  }
}
