// arch: x86-64
// rule: OH205
// expect: unproved unreachable-end f
// flags: -O2 --coverage
// source: `switch (x) { ... default: __builtin_unreachable(); }`, gcc-12 -Os --coverage, reduced
// why: what is left of the default counts how often control gets there; the program has promised that it never does, so
//   that the epilogue behind it, of another frame, is not what follows

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	cmpl	$7, %edi
	ja	.Ldefault
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%esi, %ebx
	call	g
	addl	%ebx, %eax
	jmp	.Lout
.Ldefault:
	.cfi_def_cfa_offset 8
	.cfi_restore %rbx
	incq	counter(%rip)
.Lout:
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f

	.local	counter
	.comm	counter, 8, 8
