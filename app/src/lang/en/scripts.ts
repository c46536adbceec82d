import type { ScriptTexts } from '@/screens/account/script'

const scripts: ScriptTexts = {
  address: {
    auntie: 'Mrs {name}', uncle: 'Mr {name}', madam: 'Ms {name}', sir: 'Mr {name}',
    granny: 'Mrs {name}', grandpa: 'Mr {name}', plain: '{name}',
  },
  unknown: {
    call: 'you', rep: 'your rep', company: 'our company', product: 'the product', days: 'some', until: 'soon',
    bought: 'your last order', on: 'these days', occasion: 'your special day', who: 'your family', festival: 'the festival',
  },
  scripts: {
    ONBOARDING_1: {
      title: 'Phase 1: thank you, and how to use it',
      open: 'Good day, {call}. I am {rep} of {company}, and from now on I look after you. Thank you for choosing {product}. Has everything arrived, and is the leaflet clear?',
      ask: [
        'Was the package in order? Have you begun, how often and at what time?',
        'Who at home helps you decide? May I say hello as well?',
        'What is still unclear? I will show you once more.',
        'Which day suits you for the check-up, or for the rest of the paperwork?',
      ],
      watch: [
        'Thank first, then talk about the product; leave the directions in writing.',
        'Hesitation, or a wish to give it back: ask why, do not argue, tell your supervisor today.',
        'Medicine or a long illness: ask them to speak with their doctor first. Promise no effect.',
      ],
      message: 'Dear {call}, this is {rep} of {company}. Thank you for choosing {product}. I left the directions in writing; call me any time. I will look in again in a few days.',
    },
    ONBOARDING_2: {
      title: 'Phase 2: how it is used',
      open: 'Good day, {call}, I came to see how you are. [You have had {product} for {days} days.] Is it easy to use? Is anything a nuisance?',
      ask: [
        'Every day, or is it forgotten now and then? What would help you remember?',
        'What have you noticed yourself? I write down small things too.',
        'Has anything felt unpleasant, and since when?',
        'How are meals, sleep and walks? Let us put the day in order together.',
      ],
      watch: [
        'Write down their own words; draw no conclusions for them.',
        'If they feel unwell: advise them to stop and see a doctor, tick the reaction, let the expert call.',
        'Notice who likes to share with others, and put it in the file.',
      ],
      message: 'Dear {call}, this is {rep}. [You have had {product} for {days} days.] Is all well? Please tell me at once if anything is unpleasant. I will come by soon.',
    },
    ONBOARDING_3: {
      title: 'Phase 3: the bond, and an invitation',
      open: '{call}, today I just came to sit with you for a while. I remembered what you told me last time: how did it go on?',
      ask: [
        'Were the two weeks regular? How much is left?',
        'What do you like to do? Is everybody at home well?',
        'We have a gathering soon with people much like you. Would you like to come, and bring an old friend?',
        'Do any of your friends care about this too?',
      ],
      watch: [
        'When phases 1 and 2 were calls, this one must be at home.',
        'The person first, then the event; invite once and do not press.',
        'A referral is a kindness: thank for it, speak of no reward.',
      ],
      message: 'Dear {call}, this is {rep}. We have a gathering soon and I kept you a seat; a friend is welcome. When may I tell you about it?',
    },
    ONBOARDING_4: {
      title: 'Phase 4: before and after, and doubts',
      open: '{call}, how time flies[: {days} days with {product}]. Would you tell me what is different from the beginning?',
      ask: [
        'What did you most want to be better? How many points would you give it now?',
        'What questions are left? Some I answer now, the others the expert will answer.',
        'May I write this into your file in detail?',
        'Where could our service be better?',
      ],
      watch: [
        'Only facts and their own words; what is the expert’s to say, the expert says.',
        'Write down each doubt and agree on the day of the answer.',
        'Ask before taking a photo.',
      ],
      message: 'Dear {call}, this is {rep}. [It has been {days} days with {product}.] I would like to go through before and after with you. Which day suits you?',
    },
    ONBOARDING_5: {
      title: 'Phase 5: the first month',
      open: '{call}, [it is almost a month with {product} ({days} days).] Let us look back: how much you used, how it feels, and how we go on.',
      ask: [
        'How much was used, how much is left? [At this rate it lasts until about {until}.]',
        'Are you content on the whole? Please tell me what you are not content with.',
        'Would you tell others at the gathering what you found? Only what is true.',
        'From now on I come at a regular rhythm: do you prefer calls or visits?',
      ],
      watch: [
        'Encourage, do not push; write down complaints at once and agree on an answer.',
        'A testimonial is voluntary, and only about their own experience.',
        'Routine care follows: agree on the next day now.',
      ],
      message: 'Dear {call}, this is {rep}. Thank you for this first month. I would like to hear how it was. Which day may I come?',
    },
    ROUTINE: {
      title: 'Routine care',
      open: 'Good day, {call}, this is {rep}. It has been a while; I came to see how you and the family are.',
      ask: [
        'Are you still using it[ ({product})]? How much is left?',
        'Is there an errand I can run for you?',
        'Did I do what we agreed last time?',
        'With this weather, do you get about all right?',
      ],
      watch: [
        'Listen more than you talk; keep one thing that matters to them and ask about it first next time.',
        'Where walking is hard, offer a hand with medicine or shopping.',
      ],
      message: 'Dear {call}, this is {rep}. The weather is changing, please take care. I will come by these days: morning or afternoon?',
    },
    REPURCHASE: {
      title: 'Before the supply ends',
      open: 'Good day, {call}, this is {rep}. [The {product} you bought on {bought} lasts until about {until};] I came to see how much is left.',
      ask: [
        'How much is left? Has the daily amount changed?',
        'Are you content with it? Would you change anything?',
        'The same again, or something else? Does somebody else at home need it?',
        'Which day may I bring it?',
      ],
      watch: [
        'First whether it does well, then the order; do not press while there is plenty left.',
        'Prices and offers as the company has them; promise nothing else.',
        '“Let me think”: agree on the next day and leave it.',
      ],
      message: 'Dear {call}, this is {rep}. [Your {product} lasts until about {until}.] I can have it ready and bring it. Which day suits you?',
    },
    POTENTIAL: {
      title: 'Not a customer yet: getting to know each other',
      open: 'Good day, {call}, I am {rep} of {company}. I enjoyed our talk and came to say hello.',
      ask: [
        'What matters most to you, and to the family?',
        'Have you used something like it before? How was it?',
        'When do you like to be contacted, by call or message?',
        'We have free talks and events: would you like to come?',
      ],
      watch: ['Make a friend first; the product can wait.', 'Write down likes, family and good hours.', 'Who does not want to be contacted is respected, and it goes into the file.'],
      message: 'Dear {call}, I am {rep} of {company}, glad to have met you. There is an event soon; shall I send you time and place?',
    },
    ACTIVATION: {
      title: 'Waking the bond: a long silence',
      open: 'Good day, {call}, this is {rep}. I have not been in touch for too long and thought of you. How are you?',
      ask: [
        '[Since {bought}:] was it used up, or did you stop in between? Why?',
        'What were you content with then, and what not?',
        'Is there something new I could look out for?',
      ],
      watch: ['Apologise first: we cared too little.', 'Do not sell; hear the reason to the end.', 'Discontent is a complaint: write it down and tell your supervisor today.'],
      message: 'Dear {call}, this is {rep}. It has been a long time; I hope you are well. If you need anything, I am here. All the best to you and yours.',
    },
    INTERVIEW: {
      title: 'Interview by phone: their honest word',
      open: 'Good day, {call}, I am {rep} of {company}. May I have a few minutes? I would like your honest word about us, good or bad.',
      ask: [
        'Why did you choose us back then?',
        'Why not again: effect, price, service, or no need?',
        'What do you use now, and what is good about it?',
        'What would we have to do for you to try again?',
      ],
      watch: ['Do not defend or interrupt; write down their words.', 'If they are busy, agree on a time.', 'Where there is hope, agree on a plan with your supervisor.'],
      message: 'Dear {call}, I am {rep} of {company}. I would value your opinion, only a few minutes. When may I call?',
    },
    WIN_BACK: {
      title: 'Winning back trust',
      open: 'Good day, {call}, this is {rep}. We let you down, and we have changed what was wrong. I came to tell you and to hear what you think.',
      ask: ['What weighs most with you?', 'If it were up to you, what should we do?', 'Which one small thing may I do for you first?'],
      watch: ['Speak only of changes that are made.', 'One small promise at a time, and keep it.', 'No wish by the deadline: write the true reason, your supervisor decides.'],
      message: 'Dear {call}, this is {rep}. We took your words seriously and changed things. I would like to tell you in person. Thank you in any case.',
    },
    BIRTHDAY: {
      title: 'Birthday wishes',
      open: 'Good day, {call}[, it is {who}’s birthday on {on}]. This is {rep}, with wishes ahead of the day: happy birthday, good health and good cheer!',
      ask: ['How will you celebrate, is the family coming?', 'Which treats do you like? I will remember.', 'There is a member’s offer in the store on the day: shall I keep it for you?'],
      watch: ['Lunar or solar: do not mix them up; three days ahead.', 'Wishes, no selling.', 'Mourning in the house: leave the celebration out.'],
      message: 'Happy birthday, {call}! Good health, many smiles and happiness for the whole family. {rep}, {company}',
    },
    SPOUSE_BIRTHDAY: {
      title: 'The spouse’s birthday',
      open: 'Good day, {call}[, it is {who}’s birthday on {on}]. This is {rep}; please give my best wishes. Health and harmony to you both!',
      ask: ['How will you two celebrate?', 'How is your spouse these days?', 'May I help to prepare something?'],
      watch: ['Get the name right; if the spouse has passed away, apologise at once and correct the file.', 'Wishes, no selling.'],
      message: 'Dear {call}, a happy birthday to your spouse, and health and harmony to you both. {rep}, {company}',
    },
    ANNIVERSARY: {
      title: 'Wedding anniversary',
      open: 'Good day, {call}[, {on} is your wedding anniversary]. This is {rep}: many more happy years to you both!',
      ask: ['How many years is it? Is there a story to tell?', 'Are the children coming?', 'Shall I take a picture of you two?'],
      watch: ['Listen to the stories.', 'Ask before taking a photo.'],
      message: 'Dear {call}, a happy wedding anniversary to you both, and many more years. {rep}, {company}',
    },
    DATE: {
      title: 'A special day',
      open: 'Good day, {call}, this is {rep}. [I remembered that {on} is {occasion},] and wanted to say hello.',
      ask: ['How will you spend the day?', 'Is there something I can do?'],
      watch: ['Find out what the day means: joy is shared, sorrow is kept company.'],
      message: 'Dear {call}, this is {rep}. [{on} is {occasion}:] I am thinking of you and wish you well.',
    },
    FESTIVAL: {
      title: 'Festival greetings',
      open: 'Good day, {call}, this is {rep}. Happy {festival} to you and your family!',
      ask: ['Is everybody coming home?', 'Are outings and medicine arranged for the holidays?', 'When may I come by afterwards?'],
      watch: ['One by one, with the name on top, never in bulk.', 'Gentle with advice on food: do not spoil the feast.'],
      message: 'Happy {festival}, {call}! Health and togetherness to you and your family. {rep}, {company}',
    },
    STOP_EFFECT: {
      title: 'Stopped: effect or quality',
      open: 'Good day, {call}, this is {rep}. I heard that you stopped using {product}, and it matters to me. Please tell me in your own time; I write everything down.',
      ask: [
        'Since when was something wrong, and how was it used then?',
        'How was it in the beginning, and what changed?',
        'Do you still have the package and batch number? I photograph it for the company.',
        'How should it be put right? I report it today.',
      ],
      watch: [
        'Be there within a day; hear it to the end, explain nothing away.',
        'Unwell: a doctor first, the expert calls; tick the reaction.',
        'Name the day of the answer and keep it.',
      ],
      message: 'Dear {call}, this is {rep}. I have reported what you told us and will come to see you today or tomorrow. I am sorry for the trouble.',
    },
    STOP_SERVICE: {
      title: 'Stopped: service',
      open: 'Good day, {call}, this is {rep}, and I brought our manager to apologise in person. We did not look after you well. Please say everything.',
      ask: ['What was worst?', 'How can we make it good?', 'Who should contact you from now on, how often and when?'],
      watch: ['The manager apologises first; no argument about who was right.', 'A wish for another rep is granted, with the whole file.', 'Within two days; write promises down on the spot.'],
      message: 'Dear {call}, this is {rep}. We are very sorry. My manager and I would like to apologise in person. Which day suits you?',
    },
    STOP_COMPETITOR: {
      title: 'Stopped: went to a competitor',
      open: 'Good day, {call}, this is {rep}. It is all right to choose another; I still come to see you and would like to hear what we did not do well.',
      ask: ['What won you over?', 'How is it now, are you content?', 'What would we have to do for you to think of us again?'],
      watch: ['First the self-review, then a way agreed with the manager, only then the visit.', 'No bad word about others.', 'The bond stays: greet as before.'],
      message: 'Dear {call}, this is {rep}. Whatever you use, I wish you well. May I come by and hear your opinion?',
    },
    REACTION: {
      title: 'An adverse reaction',
      open: 'Good day, {call}, this is {rep}. I heard that you are unwell: please stop using {product} for now. How do you feel, have you seen a doctor?',
      ask: [
        'Where and since when, and how often?',
        'Which medicine do you take, what unusual did you eat?',
        'Are there allergies?',
        'The expert will call you today: what time suits you?',
      ],
      watch: ['Severe or getting worse: to a doctor now, go along if needed.', 'Record only; judge no cause, never advise to go on.', 'Follow up every three days until the expert has answered.'],
      message: 'Dear {call}, this is {rep}. Please stop using {product} for now and see a doctor if you are unwell. Our expert will contact you soon.',
    },
    RETURN: {
      title: 'Goods given back',
      open: 'Good day, {call}, this is {rep}. I will see to the return, do not worry. May I ask for the reason?',
      ask: ['Did it not suit you, or did the family object?', 'What did we not explain well?', 'How is the refund easiest for you?'],
      watch: ['By the rules, without delay or difficulty.', 'The reason in their own words; unwell counts as a reaction.', 'The goods went back, the person is still a friend: agree on the next hello.'],
      message: 'Dear {call}, this is {rep}. I am seeing to your return and will tell you as soon as it is done. I am sorry for the trouble.',
    },
  },
}

export default scripts
