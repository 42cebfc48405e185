import { join } from 'node:path'
import { app } from 'electron'

/** The app's icon as a picture file, for windows and drags. */
export const iconFile = (): string => join(app.getAppPath(), 'out', 'renderer', 'icon.png')
