/**
 * The part of yauzl that is used; import this module where it is needed. In the built program a CommonJS package that
 * is imported as a whole has no names.
 */
export { fromBufferPromise } from 'yauzl'
