// arch: x86-64
// rule: OH205
// expect: OH205 f+0x2
// expect: OH205 f+0x9
// flags: -O2
// why: the loop pushes on every round and pops on none

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movl	%edi, %ecx
.L3:
	pushq	%rax	# planted: in the loop
	.cfi_def_cfa_offset	16
	subl	$1, %ecx
	jne	.L3
	popq	%rax
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
