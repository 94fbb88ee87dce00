"""Why a way in did not open, in Danish: what happened, and what to do."""

from __future__ import annotations

REFUSALS = {
    "busy": "Mange logger ind lige nu. Vent et minut, og prøv igen.",
    "wrong": "Navnet eller sætningen passer ikke. Se efter tastefejl, og prøv igen.",
    "wrong_code": "Koden passer ikke. Vent på den næste kode i din app, og prøv igen. En kode virker kun én gang.",
    "wrong_key": "Nøglen passede ikke. Prøv igen, eller brug en anden måde.",
    "key_refused": "Nøglen blev ikke gemt. Prøv igen. Browseren skal spørge om din finger, dit ansigt eller din kode.",
    "slow": "Der er prøvet for mange gange. Vent en time, eller brug en anden måde.",
    "signed_out": "Du er logget ud. Log ind igen.",
    "prove_first": "Vis først, at det er dig. Så kan du ændre din adgang.",
    "other_person": "Den nøgle hører til en anden. Log ud først, hvis det er den, du vil bruge.",
    "too_late": "Der gik for lang tid. Begynd forfra.",
    "too_many_keys": "Du har ti nøgler. Fjern en, du ikke bruger.",
    "phrase_short": "Sætningen er for kort. Brug mindst 12 tegn. Fire ord, der ikke hører sammen, er godt.",
    "phrase_long": "Sætningen er for lang. Brug højst 128 tegn.",
    "phrase_obvious": "Den er for nem at gætte. Vælg fire ord, der ikke hører sammen.",
    "phrase_first": "Vælg en sætning først. Så kan du sætte appen op.",
    "phrases_differ": "De to sætninger er ikke ens. Skriv dem igen.",
    "bad_name": "Skriv et navn på 3 til 64 tegn uden mellemrum. Din e-mail er fin.",
    "name_taken": "Det navn er taget. Vælg et andet.",
    "provider_away": "Kommunens login svarer ikke. Prøv igen om lidt, eller brug en anden måde.",
    "provider_refused": "Kommunens login sagde ikke god for dig. Prøv igen.",
    "unknown_subject": "Jeg kender dig ikke endnu. Bed din leder om en invitation, og log så ind én gang mere.",
    "last_way": "Det er din sidste måde at åbne sager på. Sæt en anden op først.",
}
