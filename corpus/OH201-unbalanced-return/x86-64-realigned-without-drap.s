// arch: x86-64
// rule: OH201
// expect: OH201 f+0x2d
// expect: OH301 f+0x29
// expect: OH301 f+0x2d
// expect: OH302 f+0x26
// flags: -O2
// why: SP is computed from a register that no longer holds the old SP, and no other frame is meant; and (as GCC does) the
// rule of rbp still points into the frame behind its pop

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	leaq	8(%rsp), %r10
	.cfi_def_cfa 10, 0
	andq	$-32, %rsp
	pushq	-8(%r10)
	pushq	%rbp
	movq	%rsp, %rbp
	.cfi_escape 0x10,0x6,0x2,0x76,0
	pushq	%r10
	.cfi_escape 0xf,0x3,0x76,0x78,0x6
	subq	$40, %rsp
	movq	%rsp, %rdi
	call	g
	addq	$40, %rsp
	popq	%r10
	.cfi_def_cfa 10, 0
	popq	%rbp
	movq	(%rax), %r10
	leaq	-8(%r10), %rsp
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
