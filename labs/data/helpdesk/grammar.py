"""What is said at the help desk, as plain data: what it asks, what it advises, and in which order.

The topic of the VPN is that of the dialogue which Vinyals & Le, "A neural conversational model",
https://arxiv.org/abs/1506.05869, publish; all sentences are written for this project.  Words are
in small letters, with spaces around signs, as the nets read them.
"""

from collections.abc import Mapping

Node = str | tuple[str, Mapping[str, "Node"]]  # an advice, or a fact that is asked for
Texts = tuple[str, ...]  # ways to say one thing

SYSTEMS: Mapping[str, Texts] = {
    "windows": ("windows", "windows 7", "windows 10", "windows 11"),
    "mac": ("mac", "a mac", "mac os", "a macbook", "apple"),
    "linux": ("linux", "ubuntu", "debian", "fedora"),
}
_NO_NETWORK: Node = ("online", {
    "no": "router",
    "yes": ("same", {
        "no": ("system", {"windows": "client windows", "mac": "client mac",
                          "linux": "client linux"}),
        "yes": "reconnect",
    }),
})  # fmt: skip
TOPICS: Mapping[str, Node] = {
    "vpn": ("system", {
        system: ("error", {"password": "reset", "network": _NO_NETWORK,
                           "certificate": "certificate", "none": "reconnect"})
        for system in SYSTEMS
    }),
    "mail": ("place", {
        "browser": ("error", {"password": "reset", "full": "tidy", "none": "cache"}),
        "program": ("error", {"password": "reset", "full": "tidy", "none": (
            "system", {"windows": "account windows", "mac": "account mac",
                       "linux": "account linux"})}),
    }),
    "password": ("lost", {
        "forgotten": ("phone", {"yes": "code", "no": "card"}),
        "locked": "unlock",
        "expired": ("system", {"windows": "change windows", "mac": "change portal",
                               "linux": "change portal"}),
    }),
    "printer": ("symptom", {
        "jam": "paper", "empty": "toner",
        "nothing": ("cable", {"yes": "plug", "no": (
            "system", {"windows": "printer windows", "mac": "printer mac",
                       "linux": "printer linux"})}),
    }),
    "wifi": ("others", {
        "no": "router",
        "yes": ("system", {"windows": "join windows", "mac": "join mac", "linux": "join linux"}),
    }),
    "speed": ("restarted", {
        "no": "restart",
        "yes": ("disk", {"yes": "disk", "no": (
            "system", {"windows": "busy windows", "mac": "busy mac", "linux": "busy linux"})}),
    }),
}  # fmt: skip

QUESTIONS: Mapping[str, Texts] = {
    "topic": ("is it about vpn , mail , a password , a printer , wifi or a slow computer ?",
              "what is it about : vpn , mail , password , printer , wifi , or a slow computer ?"),
    "system": ("which operating system do you use ?", "what operating system is it ?",
               "is it windows , mac or linux ?"),
    "error": ("do you see an error message ?", "is there an error message ?"),
    "message": ("what does the message say ?", "please read the message to me ."),
    "online": ("do you get into the network without the vpn ?",
               "does the network work without the vpn ?"),
    "same": ("is it the machine on which the vpn worked before ?",
             "did the vpn work on this machine before ?"),
    "place": ("do you read your mail in the browser or in a program ?",
              "is it in the browser or in a mail program ?"),
    "lost": ("did you forget it , is it locked , or has it expired ?",
             "is it forgotten , locked or expired ?"),
    "phone": ("is your mobile phone registered with us ?", "do we have your mobile number ?"),
    "symptom": ("what happens when you print ?", "what does the printer do ?"),
    "cable": ("is the printer connected by a cable ?", "is there a cable to the printer ?"),
    "others": ("do other devices get into the wifi ?", "does the wifi work on other devices ?"),
    "restarted": ("did you restart the computer this week ?",
                  "have you restarted it in the last days ?"),
    "disk": ("is the disk almost full ?", "is there little space left on the disk ?"),
}  # fmt: skip
HELPS: Mapping[str, tuple[tuple[Texts, str | None], ...]] = {
    # asked after "i do not know": a question, and the value that a yes gives; the last is for no
    "system": ((("is there an apple on the computer ?",), "mac"),
               (("is there a key with a window on it ?",), "windows"), ((), "linux")),
    "online": ((("can you open a page in the browser ?",), "yes"), ((), "no")),
    "place": ((("do you type an address to get to it ?",), "browser"), ((), "program")),
    "cable": ((("do you see a wire at the back of the printer ?",), "yes"), ((), "no")),
    "disk": ((("does it warn you that space is low ?",), "yes"), ((), "no")),
}  # fmt: skip
DEFAULTS: Mapping[str, str] = {  # of what nobody can find out
    "error": "none", "message": "none", "same": "no", "lost": "forgotten", "phone": "no",
    "symptom": "nothing", "others": "no", "restarted": "no",
}  # fmt: skip

ADVICE: Mapping[str, Texts] = {
    "reset": ("your password is wrong or old . set a new one on the portal .",),
    "router": ("pull the plug of the router , wait ten seconds , and plug it in again .",),
    "client windows": ("download the vpn client for windows from the portal and install it .",),
    "client mac": ("download the vpn client for mac from the portal and install it .",),
    "client linux": ("install the package openvpn with your package manager .",),
    "reconnect": ("close the vpn client , open it again , and connect .",),
    "certificate": ("your certificate is too old . get a new one on the portal .",),
    "tidy": ("your mailbox is full . empty the folder of deleted mail .",),
    "cache": ("empty the cache of the browser and log in again .",),
    "account windows": ("open outlook , remove the account , and add it again .",),
    "account mac": ("open apple mail , remove the account , and add it again .",),
    "account linux": ("open thunderbird , remove the account , and add it again .",),
    "code": ("choose forgotten on the portal and type the code that we send to your phone .",),
    "card": ("come to the desk with your staff card , and we set a new one .",),
    "unlock": ("i have unlocked your account . wait five minutes and log in .",),
    "change windows": ("press control , alt and delete , and choose change a password .",),
    "change portal": ("log in to the portal and choose change a password .",),
    "paper": ("open the door at the back and pull the paper out slowly .",),
    "toner": ("the toner is empty . put a new one in ; it stands beside the printer .",),
    "plug": ("pull the cable out at both ends and plug it in again .",),
    "printer windows": ("open settings , remove the printer , and add it again .",),
    "printer mac": ("open system preferences , remove the printer , and add it again .",),
    "printer linux": ("open the page of cups , remove the printer , and add it again .",),
    "join windows": ("open settings , forget the network , and join it again .",),
    "join mac": ("open system preferences , forget the network , and join it again .",),
    "join linux": ("open the network manager , forget the network , and join it again .",),
    "restart": ("please restart the computer .",),
    "disk": ("empty the trash and remove programs that you do not need .",),
    "busy windows": ("open the task manager and end the program on top of the list .",),
    "busy mac": ("open the activity monitor and end the program on top of the list .",),
    "busy linux": ("open the system monitor and end the program on top of the list .",),
}  # fmt: skip
ASK_AFTER: Texts = ("does it work now ?", "is it better now ?")
SECOND: Texts = ("restart everything and try once more . does it work now ?",
                 "please restart all of it and try again . is it better now ?")  # fmt: skip
TICKET: Texts = ("i have opened a ticket , and a colleague will call you .",
                 "then a colleague will call you ; your ticket is open .")  # fmt: skip
SOLVED: Texts = ("good .", "i am glad to hear that .", "great .")
ELSE: Texts = ("is there anything else ?", "can i do anything else for you ?")
HELLO: Texts = ("hello", "hi")
WELCOME: Texts = ("this is the help desk . what is the problem ?",
                  "this is the help desk . how can i help you ?")  # fmt: skip
SORRY: Texts = ("i am sorry to hear that .", "let us look at it .", "")  # before the first question
CLOSING: Texts = ("you are welcome . goodbye", "thank you for calling . goodbye")
NEXT: Texts = ("what is the problem ?", "how can i help you ?")
LAST: Texts = ("bye .", "goodbye .")
PATIENCE: Texts = ("take your time .", "i will wait .")
MACHINE: Texts = ("i am a small neural network .",)
POLITE: Texts = ("you are welcome .",)
AGAIN: Texts = ("sorry , once more :", "i will say it again :")

NAMES: Texts = (
    "anna", "ben", "carla", "david", "emma", "frank", "grace", "henry", "ida", "jack", "karin",
    "leo", "maria", "nina", "oscar", "paula", "rita", "sam", "tina", "victor", "wendy", "yusuf",
    "zoe", "alice", "bob", "chen", "diego", "fatima", "ivan", "jun", "kofi", "lena", "mika",
    "noor", "olga", "peter", "priya", "ravi", "sofia", "tom",
)  # fmt: skip
