/** The place of a package in S3. */
export interface ArtifactPlace {
  bucket: string
  key: string
  /** The KMS key that encrypts it; undefined: the bucket's default. */
  kmsKey: string | undefined
  /** The account that has to own the bucket, if it is known. */
  owner: string | undefined
}

/** An object in S3. */
export interface S3Object {
  bucket: string
  key: string
  /** Undefined if the bucket keeps no versions. */
  version?: string
}

interface KeptArtifact {
  object: S3Object
  /** The number of uploaded bytes; 0 if the object was there already. */
  uploadedBytes: number
}

/** Packages in S3. */
export interface Artifacts {
  /**
   * Reads an object whole.
   *
   * @returns the object with its version, also if none was asked for, where the bucket keeps versions
   * @throws LambdactlError NOT_FOUND, PACKAGE_INVALID for an object that is larger than Lambda takes
   */
  read(object: S3Object): Promise<{ object: S3Object; content: Buffer }>
  /**
   * Makes sure that an object has this content. Existing parts are not uploaded again, including those of an
   * interrupted upload.
   *
   * @param onProgress is called often with the number of bytes that are there or sent
   * @throws LambdactlError AWS_REFUSED if S3 has another content in the end
   */
  keep(place: ArtifactPlace, content: Uint8Array, onProgress: (bytes: number) => void): Promise<KeptArtifact>
}
