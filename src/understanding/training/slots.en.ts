/* Parts of English sentences, for the templates. `(a|b)` is a choice, `{name}` another slot. */
export const ENGLISH_SLOTS: Readonly<Record<string, string>> = {
  now: '(|||now|right now|today|currently|at the moment|this morning|tonight|still|again|atm|rn|at present|since this morning|all day|for hours)',
  site: '(site|website|app|page|portal|server|system|homepage|login page|mobile app|web page|online service)',
  do: '(application|booking|payment|login|search|registration|renewal|filing|issuance|appointment booking|upload|download|printing|reservation|verification|submission|ticketing|account page)',
  doing:
    '(log in|sign in|apply|book|pay|submit my form|print my certificate|get my certificate|renew|register|file my return|make a reservation|make an appointment|get past the login|open it|access it|load the page|upload a file|download the document|use it|complete the payment|verify my identity|issue a certificate|check out|connect)',
  broken:
    '(down|not working|broken|offline|unavailable|slow|so slow|really slow|super slow|crashing|stuck|frozen|dead|out|unresponsive|overloaded|acting up|giving errors|having problems|having issues|experiencing an outage|under maintenance|timing out|laggy|glitching|not loading|not opening|not responding|closed|messed up|completely down|hanging|throwing errors|borked|out of service)',
  fails:
    "(isn't working|is not working|doesn't work|does not work|won't load|wont load|won't open|isn't loading|is down|is broken|keeps crashing|keeps freezing|keeps timing out|keeps logging me out|keeps kicking me out|gives me an error|shows an error|shows a blank page|just shows a white screen|just spins|is stuck on loading|is so slow|is super slow|is not responding|is unavailable|can't be reached|won't let me log in|won't let me {doing}|doesn't let me {doing}|says error|says try again later|returns 503|throws an error|fails every time|stopped working|went down|crashed|is frozen|hangs|is dead|is out of order|is offline|isn't opening|not working|not loading|not opening|no work|rejects my certificate|is acting weird)",
  works:
    '(working|up|online|available|running|operational|ok|okay|fine|back|open|accessible|functional|up and running|working properly|working normally|alive|in service|usable)',
  works_ok: '(works fine|is fine|works|is ok|is up|loads fine)',
  when: '(when|when|when exactly|what time|how soon|around what time|roughly when|any idea when|do you know when|when the hell)',
  be_back:
    '(be back|be fixed|be restored|be up again|be up|be working again|come back|work again|reopen|be available again|be back online|be back to normal|recover|be resolved|be running again|return|be repaired|go live again|resume|finish maintenance|be usable)',
  why: '(why|why|why exactly|how come|for what reason)',
  else: '(what else can I use|where else can I go|is there another way|is there any other way|is there an alternative|are there any alternatives|any alternatives|any alternative|is there a workaround|what should I do|what do I do|what are my options|other options|what should I use instead|where do I go instead|where should I go|can I do it in person|can I go in person|can I do it offline|can I do it at a counter|can I submit on paper|can I send it by fax|can I mail it in|can I do it by phone|how else can I do this|can a community center do it|is there a backup|do I have to go to an office|plan b)',
  past: '(yesterday|last week|last month|last night|last year|in 2023|in 2024|in November 2023|in September 2025|this month|this year|earlier today|earlier this week|on Monday|on Friday|over the weekend|two days ago|a few days ago|last Tuesday|during the fire|in the past|before|recently|lately|last time)',
  record:
    '(past outages|previous outages|incident history|history of outages|outage record|outage log|recent outages|past notices|downtime history|uptime history|last outage)',
  show: '(show me|show|give me|can I see|can you show me|I want to see|tell me|let me see|could you list|please show|display|what is|list)',
  tell: "(tell me|let me know|notify me|alert me|message me|text me|ping me|inform me|send me a message|send me an alert|send me a notification|give me a heads up|drop me a line|please let me know|please notify me|can you tell me|could you let me know|can you notify me|I'd like to be notified|I want to be notified|I want to know|keep me posted|shout|update me|remind me|wake me up|buzz me|dm me|hit me up)",
  when_back:
    "(when it's back|when it is back|when it's back up|when it comes back|when it works again|when it's fixed|once it's fixed|once it's back|once it is working|once it's up|as soon as it's back|as soon as it works|as soon as it's restored|as soon as it reopens|when it recovers|when it's working again|the moment it's back|the minute it works|when it's up again|when it's online again|if it comes back|after it's fixed|when they fix it|whenever it's back|when that's sorted|when the maintenance is over)",
  if_down:
    "(if it goes down|when it goes down|if something breaks|if there is an outage|if there's a problem|when there is an outage|when maintenance is planned|if anything changes|if the status changes|when something happens|about outages|about any outage|whenever it breaks|if it crashes again)",
  sub: '(subscribe|subscribe to|subscribe me to|sign me up for|follow|I want to follow|alerts for|notifications for|get alerts for|turn on alerts for|turn on notifications for|set an alert for|set up alerts for|add|add an alert for|enable alerts for|enable notifications for|I want alerts for|I would like updates on|send me updates on|send me notices about|keep me updated on|keep me posted on|watch|monitor|register me for|put me down for)',
  unsub:
    "(unsubscribe me from|unfollow|stop alerts for|stop notifications for|stop sending me|stop messaging me about|turn off alerts for|turn off|cancel alerts for|remove|remove alerts for|remove me from|take me off|no more alerts for|no more|disable alerts for|mute|opt out of|delete my alert for|drop|I no longer want|I don't want|I don't need alerts for|quit sending|please stop)",
  report:
    "(report|I'd like to report|I would like to report|reporting|let me report|can I report|I need to report|please report|I'm reporting|here to report|how do I report|please log|please pass on|flagging|just flagging|wanted to flag|I wish to report|filing a report about)",
  lang: '(English|Korean|Japanese|Chinese|Vietnamese|Spanish|Russian|Thai|French|Mongolian)',
  head: "(||||||||hi|hello|hey|excuse me|sorry|um|so|ok so|please|pls|help|hi there|good morning|yo|ugh|omg|wtf|guys|quick question|question:|sir|dear sir or madam|anyone know|just wondering|can you tell me|do you know if|could you check if|I'd like to know|may I ask)",
  tail: '(|||||||?|?|??|!|!!|...|please|pls|thanks|thx|asap|lol|:(|😭|🙏|for me|in Korea|anyone)',
  where:
    '(Seoul|Busan|Daegu|Incheon|Gwangju|Daejeon|Ulsan|Sejong|Suwon|Jeju|Gangnam|Itaewon|Ansan|Changwon|Jeonju|Pohang|Gangneung|Mapo)',
};
