import { connectParent } from '../processes/child/parent.ts'
import { watchParent } from '../processes/child/parent-watch.ts'

// The cabinet's process of the desktop app. Where a plain Node runs it, it has to be started before the window is (run-window.ts);
// it begins with its work at the main process' first word, when the window no longer needs every processor.

watchParent()
// Ctrl-C in a terminal goes to every process of the app; the main process closes this one in order.
process.on('SIGINT', () => {})
const parent = connectParent()
const stop = parent.onMessage(() => {
  stop()
  void import('./open-for-desktop.ts').then(({ openForDesktop }) => openForDesktop(parent))
})
