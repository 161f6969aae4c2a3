import type stringWidth from 'string-width'

declare const plainWidth: typeof stringWidth
export = plainWidth
