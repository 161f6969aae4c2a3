import type { FoundFunction } from '../found-function.ts'
import type { TemplateFunction } from './template-functions.ts'

/** The facts about a function that its template tells by itself. */
export function found({ logicalId, lambdaName, aliases }: TemplateFunction): FoundFunction {
  return {
    logicalId,
    ...(lambdaName !== undefined && { lambdaName }),
    ...(aliases.length > 0 && { aliases }),
  }
}

/** The code of a function that is on no machine: its address in S3, or the reason why a release takes that of $LATEST. */
export function leftCode({ code }: TemplateFunction, file: string): Pick<FoundFunction, 'source' | 'left'> {
  if (code.is === 's3' && code.bucket !== undefined) {
    const version = code.version === undefined ? '' : `?versionId=${code.version}`
    return { source: { address: `s3://${code.bucket}/${code.key}${version}` } }
  }
  const what = {
    inline: 'in the template itself',
    image: 'an image',
    open: 'computed',
    s3: 'computed',
    path: 'elsewhere',
  }
  const why = `the code is ${what[code.is]}; a release takes the code that the stack gave $LATEST`
  return { left: [{ what: 'Code', file, why }] }
}
