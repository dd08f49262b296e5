// Small steps from one program to another: what a search that is guided by feedback does to strings of decisions.
//
// A step keeps the structure of the tree: a byte is changed where it stands, or a whole part (a function, a statement)
// is left out, doubled, moved, or put in the place of another of the same depth, from the same tree, from another, or
// from one that is drawn anew. Parts of one depth are not all of one kind, but every part reads what it is given
// (decisions.h), so that the worst is a statement that means something else.
#pragma once

#include <cstddef>

#include "generator/swarm.h"
#include "generator/weave/decisions.h"

namespace objhound::generator::weave {

// Some steps, drawn; of at most `limit` bytes as a string, and without what its program does not ask for. The tree may
// be any; the result may equal it.
Part mutated(Part tree, size_t limit, Draw& draw);
// `tree` with parts from `other`; the same.
Part crossed(Part tree, const Part& other, size_t limit, Draw& draw);
// Of a program drawn anew: its constructs, its variables, main, and one of its functions; cut down to the limit.
Part small_program(size_t limit, Draw& draw);

}  // namespace objhound::generator::weave
