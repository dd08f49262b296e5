// arch: x86-64
// rule: OH101
// expect: suspect OH101 f+0x0
// expect: unproved unreachable-end f
// flags: gcc-12 -O2
// source: gcc-12 -O2: int f(int a, int b) { __asm__ volatile("" : : "r"(a * b)); __builtin_unreachable(); }
// why: the product is computed for an assembly statement without instructions; that the end is unreachable is what the
//   source says

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	imull	%esi, %edi
	.cfi_endproc
	.size	f, .-f
	.globl	g
	.type	g, @function
g:
	.cfi_startproc
	ret
	.cfi_endproc
	.size	g, .-g
