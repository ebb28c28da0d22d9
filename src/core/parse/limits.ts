/** What one document may cost. Everything that is cut because of a limit is a warning of the document. */
export type ParseLimits = {
  readonly documentBytesMax: number;
  readonly titleBytesMax: number;
  readonly htmlBytesMax: number;
  readonly itemsMax: number;
  readonly categoriesMax: number;
  readonly enclosuresMax: number;
  readonly authorsMax: number;
  readonly podcastFieldsMax: number;
  readonly warningsMax: number;
};

export const defaultLimits: ParseLimits = {
  documentBytesMax: 32 * 1024 * 1024,
  titleBytesMax: 2048,
  htmlBytesMax: 1024 * 1024,
  itemsMax: 2000,
  categoriesMax: 100,
  enclosuresMax: 50,
  authorsMax: 50,
  podcastFieldsMax: 200,
  warningsMax: 100,
};
