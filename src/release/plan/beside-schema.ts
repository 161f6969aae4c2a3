import * as z from 'zod'

/**
 * The parts of another tool's function that a release was begun on. If that tool changes one of them meanwhile, the
 * release does not move on by itself.
 */
export const besideSchema = z.lazy(() =>
  z.object({
    /** SHA-256 of the code of $LATEST, in Lambda's form. */
    code: z.string(),
    /** A fingerprint of its configuration, without the Description. */
    configuration: z.string(),
    /** The triggers that invoke $LATEST past the alias, in words; absent if they could not be read. */
    bypasses: z.exactOptional(z.array(z.string()).readonly()),
    /** The triggers that invoke the alias, in words; absent if they could not be read. */
    through: z.exactOptional(z.array(z.string()).readonly()),
    /** The last update of $LATEST, ISO 8601; only if its variables can't be read, since nothing else tells of a change. */
    updated: z.exactOptional(z.string()),
  }),
)
