/**
 * Query parameters that say where a reader came from and never which page it is: data only, kept by hand.
 * A name belongs here only if no site is known to select content with it; `id`, `p`, `v`, `lang`, `page`, `sid`, `cid`, `t`, `s` are
 * therefore absent. Names that mean one thing here and another there are judged by their value (`sourceNames`).
 */

const names =
  // advertising and click ids
  'fbclid gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid msclkid twclid ttclid yclid ymclid ysclid yadclid syclid ' +
  'li_fat_id epik igshid igsh mibextid zanpid irclickid irgwc awc sscid rb_clickid s_kwcid srsltid wickedid dicbo tblci ' +
  'ob_click_id oborigurl adgroupid gclientid cjevent clickid twitterclid rdt_cid _kx sznclid ' +
  // campaign names
  'cmp cmpid cmpcid cmp_id campid campaignid campaign_id camp ncid ocid icid intcid int_cid s_cid scid_src mbid smid smtyp smprod xtor xtref xts ' +
  'ito tpcc fsrc tsource wprss taid sref sr_share soc_src soc_trk socialshare emc nl_campaign nlid nltoken newsletter_id rssid ' +
  'cmd_src recip_id ceid emci emdi email_subject email_source elqtrackid elqtrack elqaid elqat elqcsid elqcampaignid ' +
  'mkt_tok trk trkid trkinfo trkcampaign refid_src ref_src ref_url refsrc referer referrer _referrer referring_site ' +
  'guccounter guce_referrer guce_referrer_sig spm scm share_id share_token sharetype shareuid share_source ' +
  // mail senders
  '_hsenc _hsmi __hssc __hstc __hsfp hsctatracking hootpostid vero_conv vero_id ml_subscriber ml_subscriber_hash sfmc_id sfmc_activityid ' +
  'spjobid spmailingid spuserid spreportid os_ehash _bta_tid _bta_c dm_i et_rid inf_contact_key ck_subscriber_id ' +
  // analytics
  '_ga _gl _gac _gid _openstat _r _branch_match_id _branch_referrer __s __source gdfms gdftrk gdffi cvid oicd ' +
  'vgo_ee ga_source ga_medium ga_campaign ga_content ga_term __twitter_impression usqp amp_js_v amp_gsa amp_ct ' +
  // sessions, and views of the same page
  'phpsessid jsessionid aspsessionid zenid replytocom outputtype amp nonamp noamp m_source fromrss rss_src ' +
  'fb_action_ids fb_action_types fb_ref fb_source fb_comment_id action_object_map action_type_map action_ref_map ' +
  'doing_wp_cron nocache _cb cachebuster ns_fee ns_mchannel ns_source ns_campaign ns_linkname sthisfb recruiter';

export const trackingNames: ReadonlySet<string> = new Set(names.split(' '));

/** `at_` is the BBC's and Piano's, `pk_` and `mtm_` Matomo's, `mc_` Mailchimp's, `wt` Webtrekk's. */
export const trackingPrefix =
  /^(?:utm_|utm-|mc_|at_|pk_|piwik_|mtm_|matomo_|hsa_|oly_|wt_|wt\.|itm_|stm_|sc_(?:campaign|channel|content|geo|medium|outcome|lid|uid|src)|bsft_|trk_|icn_|iclid|vero_|mkwid|asc_|xnpe_)/;

/** Names that track when their value is the name of a way to come here, and select content otherwise (`?ref=main`, `?from=2024`). */
export const sourceNames: ReadonlySet<string> = new Set(
  'ref source src from via cid feed feedname mod partner origin medium channel share shared referral campaign feature output rss traffic_source'.split(
    ' ',
  ),
);

export const sourceValue =
  /^(?:|1|true|rss\d?(?:[-_. ]?feeds?)?|rss[-_]\w{1,20}|feeds?|feed[-_]\w{1,20}|atom|xml|amp|hn|hackernews|newsletters?|e?mail|twitter|x|t\.co|tw|facebook|fb|linkedin|whatsapp|telegram|reddit|pinterest|mastodon|bluesky|threads|flipboard|feedly|feedburner|inoreader|newsblur|pocket|google(?:news)?|bing|yahoo|youtu\.be|youtube\.com|emb_\w+|social|social[-_ ]?media|share|web_share|copy|copylink|push|home(?:page)?|applenews|smartnews|upday|medium)$/;
