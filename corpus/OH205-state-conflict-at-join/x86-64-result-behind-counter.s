// arch: x86-64
// rule: OH205
// expect: OH205 f+0x1a
// expect: OH205 f+0x1b
// expect: OH202 f+0x1b
// flags: -O2 --coverage
// source: the twin of x86-64-counter-behind-unreachable.unproved.s
// why: behind the store a result is made that only the caller can use, so that control does go on: into the epilogue of
//   another frame

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
	xorl	%eax, %eax
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
