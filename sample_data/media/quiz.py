"""My quiz about space. Type the letter and press Enter."""

questions = [
    ["Which planet has the longest day?", "a) Venus  b) Mars  c) Jupiter", "a"],
    ["What is a light year?", "a) a time  b) a distance  c) a star", "b"],
    ["How many moons does Mars have?", "a) 0  b) 1  c) 2", "c"],
    ["Is there sound on the Moon?", "a) yes  b) no", "b"],
]

points = 0
missed = []

for question, choices, right in questions:
    print()
    print(question)
    print(choices)
    answer = input("Your answer: ").strip().lower()  # people type spaces
    if answer == right:
        points = points + 1
        print("Right.")
    else:
        missed.append(question)
        print("No, it is", right)

print()
print("You have", points, "of", len(questions))
for question in missed:
    print("Look this up:", question)
