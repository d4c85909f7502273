"""What users say at the help desk, as plain data: many ways to say one thing."""

from collections.abc import Mapping

from labs.data.helpdesk.grammar import SYSTEMS, Texts

GREETINGS: Texts = ("hi", "hello", "good morning", "good evening", "hey", "hello there",
                    "good afternoon", "hi there")  # fmt: skip
NAMED: Texts = ("my name is {}", "i am {}", "this is {}", "here is {}", "{} speaking")
VAGUE: Texts = ("i need help", "i have a problem", "something does not work",
                "my computer makes trouble", "can you help me ?", "i have a question",
                "please help me", "it does not work", "nothing works",
                "i have trouble with my computer", "i need some help with my computer")  # fmt: skip
_THING = {
    "vpn": ("the vpn", "my vpn", "vpn", "the vpn connection", "the vpn client"),
    "mail": ("my mail", "mail", "email", "my email", "the mail program", "my mailbox"),
    "password": ("my password", "the password", "my login", "my account"),
    "printer": ("the printer", "my printer", "printing", "our printer"),
    "wifi": ("the wifi", "wifi", "my wifi", "the wireless network", "the wlan"),
    "speed": ("my computer", "the computer", "my laptop", "my machine", "my pc"),
}  # fmt: skip
_TROUBLE: Texts = (
    "{} does not work", "{} is not working", "{} doesn't work", "i have trouble with {}",
    "i am having trouble with {}", "i have a problem with {}", "there is a problem with {}",
    "{} makes trouble", "{} is broken", "i need help with {}", "{} stopped working",
    "{} won't work", "it is about {}", "can you help me with {} ?", "what is wrong with {} ?",
)  # fmt: skip
_OWN = {
    "vpn": ("i can not connect to {}", "i am having trouble accessing {}", "{} is down",
            "i have trouble accessing {}", "{} does not connect", "i can not get into {}",
            "{} can not connect", "i can't connect to {}", "i am unable to connect to {}"),
    "mail": ("i do not get any mail", "i can not send mail", "{} does not open",
             "i can not read {}", "i can't open {}", "i do not receive emails"),
    "password": ("i can not log in", "{} is not accepted", "i can't log in",
                 "i need a new password", "{} does not let me in", "i have a login problem"),
    "printer": ("i can not print", "{} does not print", "{} prints nothing", "i can't print",
                "nothing comes out of {}", "{} will not print"),
    "wifi": ("i have no wifi", "i can not join {}", "{} is down", "i have no internet",
             "i can not get into {}", "{} does not connect", "the internet does not work"),
    "speed": ("{} is slow", "{} is very slow", "{} is so slow", "{} takes for ever",
              "{} hangs all the time", "everything is slow on {}", "{} freezes"),
}  # fmt: skip
OPENINGS: Mapping[str, Texts] = {
    topic: tuple(
        how.format(thing)
        for how in (*(() if topic == "speed" else _TROUBLE), *_OWN[topic])
        for thing in (things if "{}" in how else ("",))
    )
    for topic, things in _THING.items()
}
CHOSEN: Mapping[str, Texts] = {  # answers to "what is it about ?"
    "vpn": ("vpn", "the vpn", "it is the vpn", "it is about vpn"),
    "mail": ("mail", "my mail", "it is about mail", "email", "the mail"),
    "password": ("password", "my password", "a password", "it is the password"),
    "printer": ("printer", "the printer", "a printer", "it is about a printer"),
    "wifi": ("wifi", "the wifi", "it is the wifi", "it is about wifi"),
    "speed": ("slow computer", "a slow computer", "it is slow", "my computer is slow"),
}

YES: Texts = ("yes", "yes , it is", "yes , it does", "yeah", "yep", "sure", "of course",
              "yes , i do", "it does", "i think so", "yes please", "right",
              "yes , that is so")  # fmt: skip
NO: Texts = ("no", "nope", "no , it is not", "no , it does not", "not really",
             "i do not think so", "no , not at all", "no , i don't", "no , it doesn't",
             "never")  # fmt: skip
UNSURE: Texts = ("i do not know", "i don't know", "no idea", "i am not sure",
                 "how can i see that ?", "where do i see that ?", "what is that ?",
                 "i have no idea")  # fmt: skip
_SAID: Texts = ("{}", "it is {}", "i use {}", "i think it is {}", "i have {}", "{} , i think",
                "it runs {}", "it's {}")  # fmt: skip
_MESSAGES: Mapping[str, Texts] = {
    "password": ("wrong user name or password", "authentication failed", "error 691",
                 "access denied", "login failed", "the password is not correct",
                 "the user name or password is wrong"),
    "network": ("vpn can not be connected to network", "the server can not be reached",
                "the network can not be reached", "error 800", "no connection to the server",
                "vpn can't be connected to network", "connection timed out"),
    "certificate": ("the certificate has expired", "certificate is not valid", "error 13801",
                    "bad certificate"),
    "full": ("mailbox is full", "quota exceeded", "no space left in the mailbox",
             "your mailbox has no space left"),
}  # fmt: skip
_READ: Texts = ("it says {}", "{}", "it is {}", "there stands {}", "it says : {}")
_SEEN: Texts = ("yes , it says {}", "yes . it says {}", "{}", "it says {}", "yes , {}",
                "yes , there stands {}")  # fmt: skip


def _ways(how: Texts, things: Texts) -> Texts:
    return tuple(way.format(thing) for way in how for thing in things)


_SYSTEM = {key: _ways(_SAID, things) for key, things in SYSTEMS.items()}
_ERROR = {key: _ways(_SEEN, things) for key, things in _MESSAGES.items()}
_NO_ERROR: Texts = (*NO[:6], "there is none", "no message", "i see no message",
                    "no , there is no message", "no error")  # fmt: skip
ANSWERS: Mapping[str, Mapping[str, Texts]] = {
    "system": _SYSTEM,
    "error": {**_ERROR, "none": _NO_ERROR},
    "message": {key: _ways(_READ, things) for key, things in _MESSAGES.items()},
    "online": {"yes": (*YES, "yes , i'm able to connect to the network", "the network works",
                       "yes , i get into the network", "the internet works"),
               "no": (*NO, "nothing works", "there is no network at all", "no internet")},
    "same": {"yes": (*YES, "it is the same machine", "yes , the same machine",
                     "it worked before", "yes , it worked yesterday"),
             "no": (*NO, "it is a new machine", "no , it is a different machine",
                    "no , it's different machine", "it is another computer", "it is new")},
    "place": {"browser": ("in the browser", "browser", "firefox", "chrome", "i use the browser",
                          "in firefox", "in chrome", "in edge", "in safari", "on the web"),
              "program": ("in a program", "program", "outlook", "in outlook", "thunderbird",
                          "a mail program", "apple mail", "i use a program")},
    "lost": {"forgotten": ("i forgot it", "forgotten", "i have forgotten it",
                           "i do not remember it", "i lost it"),
             "locked": ("it is locked", "locked", "my account is locked", "it says locked",
                        "i typed it wrong three times"),
             "expired": ("it has expired", "expired", "it is too old", "it says expired",
                         "it ran out")},
    "phone": {"yes": (*YES, "you have my number", "my phone is registered"),
              "no": (*NO, "you do not have my number", "i have no phone", "it is not registered")},
    "symptom": {"jam": ("there is a paper jam", "paper jam", "the paper is stuck",
                        "paper sticks in it", "it eats the paper"),
                "empty": ("the pages are empty", "empty pages", "the paper stays white",
                          "it prints white pages", "the print is very pale", "toner low"),
                "nothing": ("nothing", "nothing happens", "it does nothing", "nothing at all",
                            "it is offline", "it says offline", "no reaction")},
    "cable": {"yes": (*YES, "by cable", "there is a cable", "it is a usb cable"),
              "no": (*NO, "by network", "it is in the network", "there is no cable",
                     "by wifi")},
    "others": {"yes": (*YES, "my phone does", "my phone works", "the others work"),
               "no": (*NO, "nobody gets in", "all are out", "my phone does not , either")},
    "restarted": {"yes": (*YES, "i did", "yes , this morning", "yes , yesterday", "today"),
                  "no": (*NO, "i did not", "weeks ago", "not this week", "it is always on")},
    "disk": {"yes": (*YES, "it is full", "almost full", "there is no space"),
             "no": (*NO, "there is enough space", "it is half empty", "plenty of space")},
}  # fmt: skip
HINTS: Mapping[str, Mapping[str, Texts]] = {  # what is said unasked, after the problem
    "system": {key: _ways((" on {}", " . i use {}", " . it is {}", " with {}"), things)
               for key, things in SYSTEMS.items()},
    "error": {key: _ways((" . it says {}", " : {}", " , i see {}", " and it says {}"), things)
              for key, things in _MESSAGES.items()},
    "place": {"browser": (" in the browser", " in firefox", " in chrome"),
              "program": (" in outlook", " in the mail program", " in thunderbird")},
    "lost": {"forgotten": (" , i forgot it", " . i have forgotten it"),
             "locked": (" , it is locked", " . it says locked"),
             "expired": (" , it has expired", " . it says expired")},
    "symptom": {"jam": (" , there is a paper jam", " . the paper is stuck"),
                "empty": (" , the pages are empty", " . it prints white pages"),
                "nothing": (" , it is offline", " . nothing happens")},
    "others": {"no": (" , and my phone does not , either",), "yes": (" , but my phone works",)},
    "restarted": {"yes": (" , and i did restart it",), "no": ()},
    "disk": {"yes": (" . the disk is full",), "no": ()},
}  # fmt: skip
WORKS: Texts = ("yes", "yes , it works", "it works", "yes , it works now", "it works now",
                "great , it works", "yes , thank you", "now it works",
                "yes , it is working now", "perfect", "yes , it is installed and working now",
                "it is better")  # fmt: skip
FAILS: Texts = ("no", "no , it does not", "still the same", "it does not work", "no change",
                "not yet", "no , nothing", "it still does not work", "no , it is the same",
                "nope")  # fmt: skip
BUSY: Texts = ("wait", "one moment please", "wait , it is installing", "it's installing",
               "just a moment", "i am trying", "give me a minute", "moment , i look")  # fmt: skip
ROBOT: Texts = ("are you a robot ?", "are you human ?", "who are you ?", "is this a machine ?",
                "am i talking to a computer ?")  # fmt: skip
THANKS: Texts = ("thanks", "thank you", "thank you so much", "thank you for your help", "thx")
REPEAT: Texts = ("what ?", "sorry ?", "pardon ?", "i do not understand", "what do you mean ?",
                 "can you repeat that ?")  # fmt: skip
DONE: Texts = ("no", "no , thank you", "no thanks", "nope , thank you", "that is all",
               "no , that is all", "nothing else , thank you", "bye", "no , bye",
               "that was all , thanks", "no . thank you so much for your help")  # fmt: skip
MORE: Texts = ("yes", "yes , there is something else", "yes , one more thing", "yes please",
               "i have another problem")  # fmt: skip
AND_ALSO: Texts = ("yes , {}", "yes . {}", "{}", "{} , too", "one more thing : {}")
BYE: Texts = ("bye", "goodbye", "bye bye", "thank you , bye", "thanks , bye", "see you")
SHORT: tuple[tuple[str, Texts], ...] = (
    ("can not", ("cannot", "can't")), ("does not", ("doesn't",)), ("do not", ("don't",)),
    ("i am", ("i'm",)), ("it is", ("it's",)), ("is not", ("isn't",)), ("did not", ("didn't",)),
    ("i have", ("i've",)), ("thank you", ("thanks",)), ("what is", ("what's",)),
    ("have no", ("don't have", "do not have any")),
)  # fmt: skip
BEFORE: Texts = ("well", "hm", "ok", "so", "oh", "sorry", "uh", "okay", "right")
