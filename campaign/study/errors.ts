/** What is wrong with a study: a mistake of who asked for it. */
export type StudyErrorCode = 'QL_STUDY_MEASURE' | 'QL_STUDY_AXIS' | 'QL_STUDY_NOT_COMPARABLE' | 'QL_STUDY_UNTIL' | 'QL_STUDY_RATE' | 'QL_STUDY_BOUNDS';

/** Thrown when a study cannot be made: what it asks for does not exist, or says nothing. */
export class StudyError extends Error {
  readonly code: StudyErrorCode;
  constructor(code: StudyErrorCode, message: string) {
    super(message);
    this.name = 'StudyError';
    this.code = code;
  }
}
