"""Mutation testing: do the tests of the maths notice it when the maths is changed?"""
