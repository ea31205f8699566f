/**
 * Emoji with the words that find them, the first of which is the name: those that people write.
 * Loaded when the first one is asked for.
 */
export const EMOJI_NAMES = `
😀 grinning happy|😃 smiley happy|😄 smile happy|😁 grin beam|😆 laughing haha|😅 sweat_smile phew relief|🤣 rofl laughing rolling|😂 joy tears laughing
🙂 slight_smile|🙃 upside_down silly|😉 wink|😊 blush smile|😇 innocent angel halo|🥰 smiling_hearts love adore|😍 heart_eyes love|🤩 star_struck wow
😘 kissing_heart kiss|😗 kissing|😋 yum tasty|😛 tongue|😜 wink_tongue crazy|🤪 zany crazy|🤑 money_face rich|🤗 hugging hug
🤭 giggle oops hand_over_mouth|🤫 shush quiet secret|🤔 thinking hmm|🤐 zipper_mouth secret|🤨 raised_eyebrow doubt|😐 neutral|😑 expressionless|😶 no_mouth speechless
😏 smirk|😒 unamused|🙄 eye_roll|😬 grimacing awkward|😌 relieved|😔 pensive sad|😪 sleepy|😴 sleeping zzz
😷 mask sick|🤒 thermometer_face sick fever|🤕 head_bandage hurt|🤢 nauseated sick|🤮 vomiting sick|🤧 sneezing cold|🥵 hot_face heat|🥶 cold_face freezing
😵 dizzy_face|🤯 exploding_head mind_blown|🤠 cowboy|🥳 partying party birthday|😎 sunglasses cool|🤓 nerd geek|🧐 monocle|😕 confused
😟 worried|🙁 frowning sad|😮 open_mouth surprised|😲 astonished wow|😳 flushed embarrassed|🥺 pleading puppy please|😨 fearful scared|😰 anxious
😥 sad_relieved|😢 cry sad tear|😭 sob crying|😱 scream scared|😞 disappointed sad|😓 sweat|😩 weary tired|😫 tired
🥱 yawning bored|😤 triumph huff|😡 rage angry|😠 angry mad|🤬 cursing swearing|😈 smiling_imp devil|💀 skull dead|💩 poop
🤡 clown|👻 ghost|👽 alien|🤖 robot|😺 smiley_cat|😹 joy_cat|😻 heart_eyes_cat|🙈 see_no_evil monkey|🙉 hear_no_evil monkey|🙊 speak_no_evil monkey
❤️ heart love red|🧡 orange_heart|💛 yellow_heart|💚 green_heart|💙 blue_heart|💜 purple_heart|🖤 black_heart|🤍 white_heart|💔 broken_heart|💕 two_hearts love
💖 sparkling_heart|💗 growing_heart|💘 cupid arrow|💝 gift_heart|💋 kiss_mark lips|💯 hundred perfect|💢 anger|💥 boom collision|💫 dizzy|💦 sweat_drops
💤 zzz sleep|👋 wave hello bye hi|✋ raised_hand stop|👌 ok_hand okay|🤌 pinched_fingers|✌️ victory peace|🤞 crossed_fingers luck|🤟 love_you|🤘 rock_on metal|🤙 call_me
👈 point_left|👉 point_right|👆 point_up|👇 point_down|👍 thumbsup +1 yes like good|👎 thumbsdown -1 no dislike bad|✊ fist|👊 punch fist_bump|👏 clap applause bravo|🙌 raised_hands hooray
👐 open_hands|🤝 handshake deal|🙏 pray thanks please folded_hands|✍️ writing|💪 muscle strong flex|👀 eyes look|👁️ eye|🧠 brain|🦷 tooth|👅 tongue_out
👶 baby|🧒 child|👦 boy|👧 girl|👨 man|👩 woman|👴 old_man|👵 old_woman|👮 police|👷 builder worker|🕵️ detective
🤷 shrug dunno|🤦 facepalm|🙋 raising_hand|🙇 bow sorry|💁 information_desk|🙅 no_good|🙆 ok_gesture|🚶 walking|🏃 running run|💃 dancer dance|🕺 man_dancing
👯 people_dancing|🧘 meditation yoga|👪 family|💑 couple|🐶 dog|🐱 cat|🐭 mouse|🐹 hamster|🐰 rabbit bunny|🦊 fox
🐻 bear|🐼 panda|🐨 koala|🐯 tiger|🦁 lion|🐮 cow|🐷 pig|🐸 frog|🐵 monkey|🐔 chicken
🐧 penguin|🐦 bird|🐤 chick|🦆 duck|🦅 eagle|🦉 owl|🐺 wolf|🐴 horse|🦄 unicorn|🐝 bee
🐛 bug|🦋 butterfly|🐌 snail|🐞 ladybug|🐢 turtle|🐍 snake|🐙 octopus|🐟 fish|🐬 dolphin|🐳 whale
🦈 shark|🐘 elephant|🐾 paws|🌵 cactus|🎄 christmas_tree|🌲 evergreen tree|🌳 tree|🌴 palm_tree|🌱 seedling|🍀 four_leaf_clover luck
🍁 maple_leaf autumn|🍂 fallen_leaf autumn|💐 bouquet flowers|🌷 tulip|🌹 rose|🌻 sunflower|🌸 cherry_blossom|🌼 blossom|🌍 earth world globe|🌙 moon crescent
☀️ sun sunny|🌤️ sun_cloud|☁️ cloud|🌧️ rain|⛈️ thunderstorm|🌩️ lightning|❄️ snowflake snow winter|☃️ snowman|🌈 rainbow|🌊 ocean wave_water
⭐ star|🌟 glowing_star|✨ sparkles|⚡ zap electric|🔥 fire hot lit|💧 droplet water|☔ umbrella rain|🍎 apple|🍐 pear|🍊 orange tangerine
🍋 lemon|🍌 banana|🍉 watermelon|🍇 grapes|🍓 strawberry|🍒 cherries|🍑 peach|🍍 pineapple|🥝 kiwi|🍅 tomato
🥑 avocado|🥦 broccoli|🥕 carrot|🌽 corn|🌶️ hot_pepper chili|🥔 potato|🍞 bread|🥐 croissant|🧀 cheese|🥚 egg
🍳 cooking fried_egg|🥞 pancakes|🥓 bacon|🍔 hamburger burger|🍟 fries|🍕 pizza|🌭 hotdog|🥪 sandwich|🌮 taco|🌯 burrito
🥗 salad|🍝 spaghetti pasta|🍜 ramen noodles|🍣 sushi|🍱 bento|🍚 rice|🍦 ice_cream|🍩 doughnut donut|🍪 cookie|🎂 birthday cake
🍰 cake|🍫 chocolate|🍬 candy|🍿 popcorn|☕ coffee|🍵 tea|🍺 beer|🍻 beers cheers|🥂 clinking_glasses cheers toast|🍷 wine
🍸 cocktail|🍾 champagne|🥤 cup_straw drink|🍴 fork_knife food|⚽ soccer football|🏀 basketball|🏈 american_football|🎾 tennis|🏐 volleyball|🏓 ping_pong
🏆 trophy win|🥇 gold_medal first|🥈 silver_medal|🥉 bronze_medal|🎯 dart target bullseye|🎮 video_game|🎲 dice game|🧩 puzzle|🎨 art palette|🎭 theatre
🎤 microphone sing|🎧 headphones music|🎵 music note|🎶 notes music|🎸 guitar|🎹 piano|🥁 drum|🎻 violin|🎬 clapper movie|🎉 tada party hooray celebrate
🎊 confetti|🎈 balloon|🎁 gift present|🎃 jack_o_lantern halloween|🚗 car|🚕 taxi|🚌 bus|🚲 bicycle bike|🛵 scooter|🚆 train
🚇 metro subway|✈️ airplane plane flight|🚀 rocket launch ship_it|🚁 helicopter|⛵ sailboat|🚢 ship|⚓ anchor|🏠 house home|🏢 office|🏥 hospital
🏫 school|🏖️ beach|🏔️ mountain snow|⛺ tent camping|🗺️ map|📍 pin place|⏰ alarm_clock|⌛ hourglass wait|⏳ hourglass_flowing wait|📅 calendar date
📱 phone mobile|💻 laptop computer|⌨️ keyboard|🖥️ desktop|🖨️ printer|📷 camera|📸 camera_flash|🎥 movie_camera|📞 telephone call|📺 tv
🔋 battery|🔌 plug|💡 bulb idea|🔦 flashlight|🕯️ candle|💰 money_bag|💵 dollar|💶 euro|💳 credit_card|✉️ envelope mail
📧 email|📦 package parcel|📝 memo note|📄 page document|📁 folder|📊 bar_chart|📈 chart_up|📉 chart_down|📌 pushpin|📎 paperclip attachment
✂️ scissors|🔍 search magnifier|🔒 lock secure|🔓 unlock|🔑 key|🔨 hammer|🔧 wrench|⚙️ gear settings|🧪 test_tube science|💊 pill medicine
🚪 door|🛏️ bed|🚿 shower|🧹 broom clean|🛒 shopping_cart|👕 tshirt|👖 jeans|👗 dress|👟 sneaker shoe|👑 crown king queen
🎓 graduation|💍 ring|💄 lipstick|👓 glasses|🌂 closed_umbrella|🎒 backpack|✅ check_mark done yes|☑️ check_box|✔️ check|❌ x cross no
❗ exclamation|❓ question|⚠️ warning|🚫 prohibited no|⛔ no_entry|♻️ recycle|➕ plus|➖ minus|➡️ arrow_right|⬅️ arrow_left
⬆️ arrow_up|⬇️ arrow_down|🔁 repeat|🔄 refresh|🆗 ok|🆕 new|🆒 cool_button|🔴 red_circle|🟢 green_circle|🔵 blue_circle
🟡 yellow_circle|⚫ black_circle|⚪ white_circle|🏁 finish_flag|🚩 red_flag|🏳️‍🌈 rainbow_flag pride|🏴‍☠️ pirate_flag|🎌 crossed_flags|♥️ heart_suit|☮️ peace_symbol
`;
