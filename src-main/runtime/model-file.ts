/** A model as the runtime gets it. */
export type ModelFile = {
  /** Absolute path; any name, with or without `.onnx`. */
  path: string
  /**
   * Its external files: `location` as the model writes it, `path` where the file is. Where given, even empty, the model is laid
   * out in a folder of its own with just these, so that it can reach nothing else. Left out, it is opened where it lies, beside
   * whatever lies there.
   */
  external?: readonly { location: string; path: string }[]
}
