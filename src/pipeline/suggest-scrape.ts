import { findLists } from '../core/scrape/find-lists.ts';
import { sniffHtmlCharset } from '../core/text/html-charset.ts';
import { AppError } from '../errors.ts';
import type { FetchOutcome, Millis } from '../model.ts';
import type { ScrapeGuess } from './operations.ts';
