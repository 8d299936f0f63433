"""What is said in a class: why something cannot be done now, and what a question looks like to all."""

from __future__ import annotations

from app.notation.language import N_, tr

REFUSED = {
    "asking": N_("The class is asked a question: answer it first. Nobody’s network moves until it is told."),
    "lab_is_asked": N_("The class is being asked about this network: finish the question first."),
    "paused": N_("Your teacher has stopped all hands for now."),
    "not_further": N_("The class goes on together, and not as far as that for now."),
    "not_together": N_("Only where the class goes on together is there a limit to move."),
    "round_is_on": N_("A question is open already: finish it or drop it first."),
    "no_round": N_("No question is open."),
    "not_that_phase": N_("That does not come next. The page shows what does."),
    "no_question": N_("This question cannot be asked here: the next step does not decide it."),
    "not_now": N_("Answers do not count any more, or not yet."),
    "no_answer": N_("That is none of the answers to this question."),
    "no_number": N_("That is no number. Type one with its sign, such as −0.2 or 1/4."),
    "door": N_("The door of this class is closed. Ask your teacher to open it."),
    "removed": N_("You were taken out of this class."),
    "not_host": N_("Only whoever opened the class can do that."),
    "not_member": N_("You have not joined this class yet."),
    "is_host": N_("You opened this class. To sit in it too, join it from another browser."),
    "no_room": N_("There is no class of this code. Read it once more: six letters and digits, no vowels."),
    "slow": N_("Too many wrong codes. Wait a moment, then try again."),
    "not_your_lab": N_("A class is opened at a network of your own."),
    "stale": N_("Somebody was faster: the class has moved on already. It is shown as it is now."),
}
HOW = {
    "follow": N_("Your teacher steps, you watch."),
    "together": N_("Together: step your own network, up to iteration {n}, {phase}."),
    "own": N_("Your own way: step your own network as you like."),
    "paused": N_("All hands rest for now."),
    "shown": N_("Your teacher shows this to all."),
    "open": N_("A question is coming."),
    "guess": N_("What do you think? Answer; you can change it until the vote is closed."),
    "hold": N_("The vote is closed. Wait a moment."),
    "discuss": N_("Talk about it with your neighbours, then all guess again."),
    "reveal": N_("This is the answer."),
}
MODES = {
    "follow": N_("everybody sees your network, and has nothing to press"),
    "together": N_("everybody steps a copy of their own, as far as you allow"),
    "own": N_("everybody steps a copy of their own, as far as they like"),
}
QUANTITIES = {
    "z": N_("z, what a neuron gathers"),
    "a": N_("a, what it answers"),
    "sum": N_("S, the sum a softmax shares out"),
    "cost": N_("the cost of an example"),
    "mean": N_("the mean of the costs"),
    "price": N_("the price of large weights"),
    "received": N_("the blame that arrives"),
    "slope": N_("f′, the slope"),
    "average": N_("R, the average of a softmax"),
    "delta": N_("δ, the blame that stays"),
    "nabla": N_("the gradient of a dial"),
    "term": N_("what the optimiser adds"),
    "after": N_("the dial after its step"),
}

WRONG_FILE = {
    "no_class": N_("This is not a class kept by Blame Game: take the JSON file that the class’s page gives."),
    "newer": N_("This class was kept by a newer version of Blame Game; open it with that one."),
    "recipe": N_("This file names a recipe that is not in it."),
    "twice": N_("In this file two people or two questions have the same number or name."),
    "names": N_("In this file is a name that was never drawn. Names are drawn here, and never typed."),
    "round": N_("In this file is a question that its own moment does not decide."),
    "votes": N_("In this file is an answer to no question of it, or by nobody in it."),
}


def how(mode: str, phase: str, *, paused: bool) -> str:
    """Say how a class works now: in a phase of a round, in a mode, or not at all. What comes may have {n} and
    {phase} in it: up to where."""
    return tr(HOW[phase or ("paused" if paused and mode != "follow" else mode)])
