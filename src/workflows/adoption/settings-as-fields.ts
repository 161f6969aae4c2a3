import { type Field, isLeftOut, settingFields, writtenOf } from '../../function/settings/fields.ts'
import type { FunctionSettings } from '../../function/settings/settings.ts'
import { putField } from '../../function/values/put-field.ts'

/**
 * Settings of a function as fields of `lambdactl.yaml`, without its role and without settings whose values the file
 * implies when it leaves them out.
 *
 * @param image the URI of its image, for a function with one
 */
export function settingsAsFields(
  settings: FunctionSettings,
  lambdaName: string,
  image?: string,
): Record<string, unknown> {
  const written: Record<string, unknown> = image === undefined ? {} : { image: { uri: image } }
  for (const field of settingFields) {
    if (field.key === 'role' || isLeftOut(field, settings) || isIdle(field, settings)) continue
    putField(written, field.keys, withoutFlagsOff(writtenOf(field, settings, lambdaName)))
  }
  const { runtime, handler, image: started, ...others } = written
  // Deployed code that needed bundling is bundled already.
  const bundle = settings.runtime.startsWith('nodejs') ? false : undefined
  return present({ image: shortImage(started), runtime, handler, bundle, ...others })
}

/** Levels of lines only count for JSON. */
function isIdle({ key }: Field, { logFormat }: FunctionSettings): boolean {
  return key === 'logLevels' && logFormat !== 'json'
}

/** An image with only a URI is written as the URI. */
function shortImage(image: unknown): unknown {
  const { uri, ...started } = (image ?? {}) as Record<string, unknown>
  return Object.keys(started).length === 0 ? uri : image
}

/** A false flag in a map is left out. */
function withoutFlagsOff(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== false))
}

function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
