import type { FunctionSettings } from '../../function/settings/settings.ts'
import { packageDigest } from '../../packaging/model/digest.ts'
import { configurationFacts } from '../../release/changes/configuration-changes.ts'

/** Returns the fingerprint of a configuration, as the journal and a plan have it, hex. */
export function fingerprintOf(settings: FunctionSettings): string {
  return packageDigest([], configurationFacts(settings))
}
